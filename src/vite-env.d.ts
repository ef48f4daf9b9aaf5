// Modules that TypeScript cannot find for itself. Vite's own (`?worker`, `?raw`, `*.css`, …) come with `vite/client`.

// Monaco ships its worker without types: the start of a worker, which gets the context and the data sent by the page.
declare module 'monaco-editor/editor/editor.worker.js' {
  import type { worker } from 'monaco-editor/editor';

  export function initialize<Data>(create: (context: worker.IWorkerContext, data: Data) => unknown): void;
}
