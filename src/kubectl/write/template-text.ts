// A Pod template as `rollout history --revision` prints it: the lines of describe with their tabs left in (DescribePodTemplate).

import { compareText, type Json, type JsonMap } from '../../engine/index';
import { at, isMap, listAt, textAt } from '../fields';

/** Every line ended. */
export function templateText(template: JsonMap): string {
  const spec = at(template, 'spec');
  const containers = (list: string, title: string): readonly string[] => {
    const all = listAt(spec, list);
    return all.length === 0 ? [] : [`  ${title}:`, ...all.flatMap(containerLines)];
  };
  return [
    'Pod Template:',
    ...mapLines('  Labels:\t', at(template, 'metadata', 'labels'), '='),
    ...(at(template, 'metadata', 'annotations') === undefined
      ? []
      : mapLines('  Annotations:\t', at(template, 'metadata', 'annotations'), ': ')),
    ...(textAt(spec, 'serviceAccountName') === '' ? [] : [`  Service Account:\t${textAt(spec, 'serviceAccountName')}`]),
    ...containers('initContainers', 'Init Containers'),
    ...containers('containers', 'Containers'),
    ...volumeLines(listAt(spec, 'volumes')),
    ...mapLines('  Node-Selectors:\t', at(spec, 'nodeSelector'), '='),
    ...tolerationLines(listAt(spec, 'tolerations')),
    '',
  ].join('\n');
}

/** The first on the title's line, the rest below it. */
function mapLines(title: string, map: Json | undefined, between: string): readonly string[] {
  const entries = isMap(map) ? Object.entries(map).map(([key, value]) => `${key}${between}${String(value)}`) : [];
  const [first = '<none>', ...rest] = entries.sort(compareText);
  return [title + first, ...rest.map((line) => `\t${line}`)];
}

function containerLines(container: Json): readonly string[] {
  const ports = listAt(container, 'ports');
  const protocol = (port: Json): string => textAt(port, 'protocol') || 'TCP';
  const named = (port: Json): string => (textAt(port, 'name') === '' ? '' : ` (${textAt(port, 'name')})`);
  const listed = ports.map((port) => `${textAt(port, 'containerPort')}/${protocol(port)}${named(port)}`).join(', ');
  const hostPorts = ports.map((port) => `${textAt(port, 'hostPort') || '0'}/${protocol(port)}${named(port)}`).join(', ');
  const plural = ports.length > 1 ? 's' : '';
  return [
    `   ${textAt(container, 'name')}:`,
    `    Image:\t${textAt(container, 'image')}`,
    `    Port${plural}:\t${listed || '<none>'}`,
    `    Host Port${plural}:\t${hostPorts || '<none>'}`,
    ...wordLines('Command', listAt(container, 'command')),
    ...wordLines('Args', listAt(container, 'args')),
    ...quantityLines('Limits', at(container, 'resources', 'limits')),
    ...quantityLines('Requests', at(container, 'resources', 'requests')),
    ...environmentLines(listAt(container, 'env')),
    ...mountLines(listAt(container, 'volumeMounts')),
  ];
}

function wordLines(title: string, words: readonly Json[]): readonly string[] {
  return words.length === 0 ? [] : [`    ${title}:`, ...words.map((word) => `      ${String(word)}`)];
}

function quantityLines(title: string, map: Json | undefined): readonly string[] {
  if (!isMap(map)) return [];
  const entries = Object.entries(map).sort(([a], [b]) => compareText(a, b));
  return entries.length === 0 ? [] : [`    ${title}:`, ...entries.map(([key, value]) => `      ${key}:\t${String(value)}`)];
}

function environmentLines(variables: readonly Json[]): readonly string[] {
  if (variables.length === 0) return ['    Environment:\t<none>'];
  return [
    '    Environment:',
    ...variables.map((one) => `      ${textAt(one, 'name')}:\t${textAt(one, 'value') || reference(at(one, 'valueFrom'))}`),
  ];
}

function reference(from: Json | undefined): string {
  const [map, secret] = [at(from, 'configMapKeyRef'), at(from, 'secretKeyRef')];
  if (map !== undefined) return `<set to the key '${textAt(map, 'key')}' of config map '${textAt(map, 'name')}'>\tOptional: false`;
  if (secret !== undefined) return `<set to the key '${textAt(secret, 'key')}' in secret '${textAt(secret, 'name')}'>\tOptional: false`;
  const field = at(from, 'fieldRef');
  return field === undefined ? '' : ` (v1:${textAt(field, 'fieldPath')})`;
}

function mountLines(mounts: readonly Json[]): readonly string[] {
  if (mounts.length === 0) return ['    Mounts:\t<none>'];
  const lines = mounts.map(
    (one) => `      ${textAt(one, 'mountPath')} from ${textAt(one, 'name')} (${at(one, 'readOnly') === true ? 'ro' : 'rw'})`,
  );
  return ['    Mounts:', ...lines.sort(compareText)];
}

function volumeLines(volumes: readonly Json[]): readonly string[] {
  if (volumes.length === 0) return ['  Volumes:\t<none>'];
  return ['  Volumes:', ...volumes.flatMap((one) => [`   ${textAt(one, 'name')}:`, `    Type:\t${volumeType(one)}`])];
}

function volumeType(volume: Json): string {
  const types: Readonly<Record<string, string>> = {
    configMap: 'ConfigMap (a volume populated by a ConfigMap)',
    secret: 'Secret (a volume populated by a Secret)',
    emptyDir: "EmptyDir (a temporary directory that shares a pod's lifetime)",
    hostPath: 'HostPath (bare host directory volume)',
    persistentVolumeClaim: 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
  };
  const known = isMap(volume) ? Object.keys(volume).find((key) => key in types) : undefined;
  return known === undefined ? '<unknown>' : (types[known] ?? '');
}

function tolerationLines(tolerations: readonly Json[]): readonly string[] {
  const lines = tolerations.map((one) => {
    const [key, value, effect] = [textAt(one, 'key'), textAt(one, 'value'), textAt(one, 'effect')];
    const exists = textAt(one, 'operator') === 'Exists' ? ' op=Exists' : '';
    const seconds = at(one, 'tolerationSeconds') === undefined ? '' : ` for ${textAt(one, 'tolerationSeconds')}s`;
    return `${key}${value === '' ? '' : `=${value}`}${effect === '' ? '' : `:${effect}`}${exists}${seconds}`;
  });
  const [first = '<none>', ...rest] = lines;
  return [`  Tolerations:\t${first}`, ...rest.map((line) => `\t${line}`)];
}
