// Stands in for `monaco-worker-manager/worker`, which imports a path that Monaco no longer exports. The first message that Monaco's page side
// sends starts the worker; the second one carries the data that the YAML service is made with.

import { initialize as startWorker, type WorkerContext } from 'monaco-editor/editor/editor.worker.js';

type MakeService = (context: WorkerContext, createData: unknown) => object;

export function initialize(makeService: MakeService): void {
  self.onmessage = () => startWorker((context, createData) => makeService(context, createData));
}
