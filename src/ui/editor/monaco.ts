// Monaco with what Kubehop uses of it: the editor, all its features, the YAML grammar, and completion and hover for Kubernetes objects.
// Problems are not monaco-yaml's business: the engine finds them, in the reader's language. This file is loaded after the rest of the page.

import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/yaml/register';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import { configureMonacoYaml, type JSONSchema } from 'monaco-yaml';
import YamlWorker from './yaml.worker?worker';

export { monaco };

const environment: monaco.Environment = {
  getWorker: (_moduleId, label) => (label === 'yaml' ? new YamlWorker() : new EditorWorker()),
};
Object.assign(globalThis, { MonacoEnvironment: environment });

/** Known to the YAML service but not to its types: leaves out a link to the schema's address, which nobody can open. */
const QUIET = { hoverSchemaSource: false };

/** Completion and hover, once the schema of the Kubernetes objects has come. */
export function describeKubernetes(schema: JSONSchema): void {
  configureMonacoYaml(monaco, {
    ...QUIET,
    isKubernetes: true,
    enableSchemaRequest: false,
    validate: false,
    format: { enable: false },
    schemas: [{ uri: 'kubehop://kubernetes.json', fileMatch: ['**/*.yaml'], schema }],
  });
}
