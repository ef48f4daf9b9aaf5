// Stands in for `monaco-worker-manager`, which calls `createWebWorker` as Monaco before 0.53 took it: now Monaco wants the Worker itself,
// and no longer hands on the data to create the service with. No state lives in this module: Vite may load two copies of it while serving.

import type * as monaco from 'monaco-editor';

type Monaco = Pick<typeof monaco, 'editor'>;

interface Options {
  readonly label: string;
  readonly moduleId: string;
  readonly createData?: unknown;
}

interface WorkerSource {
  readonly getWorker: (moduleId: string, label: string) => Worker;
}

export interface WorkerManager {
  readonly dispose: () => void;
  readonly getWorker: (...resources: monaco.Uri[]) => Promise<object>;
  readonly updateCreateData: (createData: unknown) => void;
}

export function createWorkerManager(editor: Monaco, { label, moduleId, createData: first }: Options): WorkerManager {
  let createData = first;
  let client: monaco.editor.MonacoWebWorker<object> | undefined;

  const dispose = (): void => {
    client?.dispose();
    client = undefined;
  };
  const connect = (): monaco.editor.MonacoWebWorker<object> =>
    editor.editor.createWebWorker<object>({ worker: open(), keepIdleModels: true });
  const open = (): Worker => {
    const { MonacoEnvironment } = globalThis as unknown as { readonly MonacoEnvironment: WorkerSource };
    const worker = MonacoEnvironment.getWorker(moduleId, label);
    // The worker side takes the first message as the signal to start, the second one as its data.
    worker.postMessage('start');
    worker.postMessage(createData);
    return worker;
  };
  return {
    dispose,
    getWorker: (...resources) => {
      client ??= connect();
      return client.withSyncedResources(resources);
    },
    updateCreateData: (next) => {
      createData = next;
      dispose();
    },
  };
}
