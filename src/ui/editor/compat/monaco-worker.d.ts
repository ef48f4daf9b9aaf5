// Monaco ships no types for its worker's entry.

declare module 'monaco-editor/editor/editor.worker.js' {
  export type WorkerContext = object;
  export function initialize(start: (context: WorkerContext, createData: unknown) => object): void;
}
