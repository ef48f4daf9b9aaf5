// The containers of a Pod or of a template: what they run, how they fare, what they are given.

import { canonicalQuantity, compareText, type Json, parseQuantity } from '../../engine/index';
import { at, isMap, listAt, textAt } from '../fields';
import { time } from './common';
import type { Page } from './page';

export interface ContainerList {
  readonly title: string;
  readonly containers: readonly Json[];
  /** Of a Pod that runs; a template has none. */
  readonly statuses: readonly Json[];
  /** The Pod, for what it tells its containers of itself; null for a template. */
  readonly pod: Json | null;
}

export function describeContainers(page: Page, { title, containers, statuses, pod }: ContainerList): void {
  const space = pod === null ? '  ' : '';
  page.line(0, `${space}${title}:${containers.length === 0 ? ' <none>' : ''}`);
  for (const container of containers) {
    const status = statuses.find((one) => textAt(one, 'name') === textAt(container, 'name'));
    page.line(1, `${pod === null ? ' ' : ''}${textAt(container, 'name')}:`);
    image(page, container, status);
    words(page, 'Command', container, 'command');
    words(page, 'Args', container, 'args');
    if (status !== undefined) state(page, status);
    resources(page, 'Limits', at(container, 'resources', 'limits'));
    resources(page, 'Requests', at(container, 'resources', 'requests'));
    for (const [name, of] of PROBES) {
      const probe = at(container, of);
      if (probe !== undefined) page.line(2, `${name}:`, probeText(probe));
    }
    sources(page, container);
    environment(page, container, pod);
    mounts(page, container);
  }
}

const PROBES = [
  ['Liveness', 'livenessProbe'],
  ['Readiness', 'readinessProbe'],
  ['Startup', 'startupProbe'],
] as const;

function image(page: Page, container: Json, status: Json | undefined): void {
  if (status !== undefined) page.line(2, 'Container ID:', textAt(status, 'containerID'));
  page.line(2, 'Image:', textAt(container, 'image'));
  if (status !== undefined) page.line(2, 'Image ID:', textAt(status, 'imageID'));
  ports(
    page,
    'Port',
    listAt(container, 'ports').map((port) => portText(port, 'containerPort')),
  );
  ports(
    page,
    'Host Port',
    listAt(container, 'ports').map((port) => portText(port, 'hostPort')),
  );
}

function ports(page: Page, title: string, texts: readonly string[]): void {
  page.line(2, texts.length > 1 ? `${title}s:` : `${title}:`, texts.join(', ') || '<none>');
}

function portText(port: Json, field: string): string {
  const name = textAt(port, 'name');
  const text = `${textAt(port, field) || '0'}/${textAt(port, 'protocol') || 'TCP'}`;
  return name === '' ? text : `${text} (${name})`;
}

function words(page: Page, title: string, container: Json, field: string): void {
  const all = listAt(container, field).flatMap((word) => String(word).split('\n'));
  if (listAt(container, field).length === 0) return;
  page.line(2, `${title}:`);
  for (const word of all) page.line(3, word);
}

function state(page: Page, status: Json): void {
  oneState(page, 'State', at(status, 'state'));
  if (at(status, 'lastState', 'terminated') !== undefined) oneState(page, 'Last State', at(status, 'lastState'));
  page.line(2, 'Ready:', at(status, 'ready') === true ? 'True' : 'False');
  page.line(2, 'Restart Count:', textAt(status, 'restartCount') || '0');
}

function oneState(page: Page, title: string, value: Json | undefined): void {
  const [runs, ended] = [at(value, 'running'), at(value, 'terminated')];
  const reason = textAt(ended ?? at(value, 'waiting'), 'reason');
  page.line(2, `${title}:`, runs !== undefined ? 'Running' : ended !== undefined ? 'Terminated' : 'Waiting');
  if (runs !== undefined) {
    page.line(3, 'Started:', time(runs, 'startedAt'));
    return;
  }
  if (reason !== '') page.line(3, 'Reason:', reason);
  if (ended === undefined) return;
  const message = textAt(ended, 'message');
  if (message !== '') page.line(3, 'Message:', message);
  page.line(3, 'Exit Code:', textAt(ended, 'exitCode') || '0');
  if (textAt(ended, 'signal') !== '' && textAt(ended, 'signal') !== '0') page.line(3, 'Signal:', textAt(ended, 'signal'));
  page.line(3, 'Started:', time(ended, 'startedAt'));
  page.line(3, 'Finished:', time(ended, 'finishedAt'));
}

function resources(page: Page, title: string, list: Json | undefined): void {
  const names = isMap(list) ? Object.keys(list).sort(compareText) : [];
  if (names.length === 0) return;
  page.line(2, `${title}:`);
  for (const name of names) page.line(3, `${name}:`, canonicalQuantity(textAt(list, name)));
}

/** The API server fills in what is not written (SetDefaults_Probe). */
export function probeText(probe: Json): string {
  const number = (field: string, unset: string) => textAt(probe, field) || unset;
  const delay = `delay=${number('initialDelaySeconds', '0')}s timeout=${number('timeoutSeconds', '1')}s period=${number('periodSeconds', '10')}s`;
  const rest = `${delay} #success=${number('successThreshold', '1')} #failure=${number('failureThreshold', '3')}`;
  const http = at(probe, 'httpGet');
  const command = listAt(probe, 'exec', 'command');
  if (command.length > 0 || at(probe, 'exec') !== undefined) return `exec [${command.join(' ')}] ${rest}`;
  if (http !== undefined) {
    const scheme = (textAt(http, 'scheme') || 'HTTP').toLowerCase();
    const path = textAt(http, 'path') || '/';
    return `http-get ${scheme}://${hostPort(http)}${path.startsWith('/') ? '' : '/'}${path} ${rest}`;
  }
  if (at(probe, 'tcpSocket') !== undefined)
    return `tcp-socket ${textAt(probe, 'tcpSocket', 'host')}:${textAt(probe, 'tcpSocket', 'port')} ${rest}`;
  if (at(probe, 'grpc') !== undefined) return `grpc <pod>:${textAt(probe, 'grpc', 'port')} ${textAt(probe, 'grpc', 'service')} ${rest}`;
  return `unknown ${rest}`;
}

function hostPort(http: Json): string {
  const host = textAt(http, 'host');
  return `${host.includes(':') ? `[${host}]` : host}:${textAt(http, 'port')}`;
}

function sources(page: Page, container: Json): void {
  const all = listAt(container, 'envFrom');
  if (all.length === 0) return;
  page.line(2, 'Environment Variables from:');
  for (const one of all) {
    const [kind, ref] = at(one, 'configMapRef') === undefined ? ['Secret', at(one, 'secretRef')] : ['ConfigMap', at(one, 'configMapRef')];
    const prefix = textAt(one, 'prefix');
    const from = prefix === '' ? kind : `${kind} with prefix '${prefix}'`;
    page.line(3, textAt(ref, 'name'), from, `Optional: ${at(ref, 'optional') === true}`);
  }
}

function environment(page: Page, container: Json, pod: Json | null): void {
  const all = listAt(container, 'env');
  if (all.length === 0) page.line(2, 'Environment:', '<none>');
  else page.line(2, 'Environment:');
  for (const one of all) variable(page, one, { container, pod });
}

function variable(page: Page, one: Json, { container, pod }: { readonly container: Json; readonly pod: Json | null }): void {
  const name = `${textAt(one, 'name')}:`;
  const from = at(one, 'valueFrom');
  if (from === undefined) {
    const [first = '', ...rest] = textAt(one, 'value').split('\n');
    page.line(3, name, first);
    for (const line of rest) page.line(3, '', line);
    return;
  }
  const [field, resource] = [at(from, 'fieldRef'), at(from, 'resourceFieldRef')];
  const [secret, configMap] = [at(from, 'secretKeyRef'), at(from, 'configMapKeyRef')];
  if (field !== undefined) {
    const path = textAt(field, 'fieldPath');
    page.line(3, name, `${pod === null ? '' : ownField(pod, path)} (${textAt(field, 'apiVersion') || 'v1'}:${path})`);
  } else if (resource !== undefined) {
    const wanted = textAt(resource, 'resource');
    page.line(3, name, `${resourceValue(container, resource)} (${wanted})`);
  } else if (secret !== undefined)
    page.line(3, name, `<set to the key '${textAt(secret, 'key')}' in secret '${textAt(secret, 'name')}'>`, optionalText(secret));
  else if (configMap !== undefined)
    page.line(
      3,
      name,
      `<set to the key '${textAt(configMap, 'key')}' of config map '${textAt(configMap, 'name')}'>`,
      optionalText(configMap),
    );
}

function optionalText(ref: Json): string {
  return `Optional: ${at(ref, 'optional') === true}`;
}

/** kubectl itself resolves plain metadata alone (EnvValueRetriever, fieldpath.ExtractFieldPathAsString). */
function ownField(pod: Json, path: string): string {
  return /^metadata\.(?:name|namespace|uid)$/.test(path) ? textAt(pod, ...path.split('.')) : '';
}

/** In whole divisors, rounded up (ExtractContainerResourceValue). */
function resourceValue(container: Json, ref: Json): string {
  const [list = '', ...rest] = textAt(ref, 'resource').split('.');
  const name = rest.join('.');
  const size = parseQuantity(textAt(container, 'resources', list, name)) ?? 0;
  const divisor = parseQuantity(textAt(ref, 'divisor') || '1') || 1;
  if (size === 0 && list === 'limits' && (name === 'cpu' || name === 'memory')) return 'node allocatable';
  return String(Math.ceil(size / divisor - 1e-9));
}

function mounts(page: Page, container: Json): void {
  const all = [...listAt(container, 'volumeMounts')].sort((a, b) => compareText(textAt(a, 'mountPath'), textAt(b, 'mountPath')));
  if (all.length === 0) page.line(2, 'Mounts:', '<none>');
  else page.line(2, 'Mounts:');
  for (const one of all) {
    const path = textAt(one, 'subPath');
    const how = [at(one, 'readOnly') === true ? 'ro' : 'rw', ...(path === '' ? [] : [`path=${JSON.stringify(path)}`])].join(',');
    page.line(3, `${textAt(one, 'mountPath')} from ${textAt(one, 'name')} (${how})`);
  }
}
