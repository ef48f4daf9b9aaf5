// minikube, as far as it looks at Services and goes onto nodes. Starting and stopping clusters is the page's own affair.

import type { StoredObject } from '../../engine/index';
import type { Answer } from '../answer';
import { at, listAt, textAt } from '../fields';
import { kubectl } from '../kubectl';
import type { Session } from '../session';
import { powered } from './machine';
import { onNode } from './machines';
import { outside } from './outside';
import { Conversation, lines } from './program';

export function minikube(session: Session, words: readonly string[], terminal: boolean): Answer {
  const [verb = '', ...rest] = words;
  switch (verb) {
    case 'ip':
      return { status: 0, out: `${nodeAddress(session)}\n`, err: '' };
    case 'status':
      return { status: 0, out: statusText(session), err: '' };
    case 'kubectl':
      return kubectl(session, rest[0] === '--' ? rest.slice(1) : rest);
    case 'node':
      return node(session, rest);
    case 'ssh':
      return ssh(session, rest, terminal);
    case 'service':
      return rest.includes('list') ? list(session) : service(session, rest);
    default:
      return { status: 1, out: '', err: `minikube ${verb} is not simulated: service, ip, status, node, ssh and kubectl are\n` };
  }
}

function nodeAddress({ server }: Session): string {
  return server.loaded.snapshot.view.nodes[0]?.addresses[0] ?? '';
}

function statusText({ server }: Session): string {
  return server.loaded.snapshot.view.nodes
    .map(({ name }, index) =>
      index === 0
        ? lines(name, 'type: Control Plane', 'host: Running', 'kubelet: Running', 'apiserver: Running', 'kubeconfig: Configured', '')
        : lines(name, 'type: Worker', 'host: Running', 'kubelet: Running', ''),
    )
    .join('');
}

/** `minikube node list`, `minikube node stop NAME`. */
function node({ server }: Session, [verb = '', name = '']: readonly string[]): Answer {
  const { nodes } = server.loaded.snapshot.view;
  if (verb === 'list') return { status: 0, out: lines(...nodes.map((one) => `${one.name}\t${one.addresses[0] ?? ''}`)), err: '' };
  if (verb !== 'stop' && verb !== 'start')
    return { status: 1, out: '', err: `minikube node ${verb} is not simulated: list, stop and start are\n` };
  if (!nodes.some((one) => one.name === name))
    return { status: 80, out: '', err: `X Exiting due to GUEST_NODE_RETRIEVE: retrieving node: Could not find node ${name}\n` };
  const said =
    verb === 'stop' ? `* Stopping node "${name}"  ...\n* Successfully stopped node ${name}\n` : `* Successfully started node ${name}!\n`;
  return { status: 0, out: said, err: '', server: powered(server, name, verb === 'start') };
}

function ssh(session: Session, words: readonly string[], terminal: boolean): Answer {
  const at = words.findIndex((word) => word === '-n' || word === '--node');
  const named = at < 0 ? words.find((word) => word.startsWith('--node='))?.slice('--node='.length) : words[at + 1];
  const plain = words.filter((word, index) => word !== '--' && !word.startsWith('--node') && index !== at && (at < 0 || index !== at + 1));
  const { nodes } = session.server.loaded.snapshot.view;
  const node = named === undefined ? nodes[0] : nodes.find(({ name }) => name === named);
  if (node === undefined)
    return { status: 80, out: '', err: `X Exiting due to GUEST_NODE_RETRIEVE: retrieving node: Could not find node ${named}\n` };
  return onNode(session, node.name, { words: plain, input: null, terminal });
}

// minikube service

function service(session: Session, words: readonly string[]): Answer {
  const options = words.filter((word) => word.startsWith('-'));
  const flag = words.findIndex((word) => word === '-n' || word === '--namespace');
  const namespace =
    flag >= 0
      ? (words[flag + 1] ?? 'default')
      : (options.find((word) => word.startsWith('--namespace='))?.slice('--namespace='.length) ?? 'default');
  const [name] = words.filter((word, index) => !word.startsWith('-') && (flag < 0 || index !== flag + 1));
  if (name === undefined) return { status: 14, out: '', err: 'X Exiting due to MK_USAGE: You must specify a service name\n' };
  const found = session.server.objects.find((one) => one.kind === 'Service' && one.name === name && one.namespace === namespace);
  if (found === undefined)
    return {
      status: 115,
      out: '',
      err: lines(
        `X Exiting due to SVC_NOT_FOUND: Service '${name}' was not found in '${namespace}' namespace.`,
        `You may select another namespace by using 'minikube service ${name} -n <namespace>'. Or list out all the services using 'minikube service list'`,
      ),
    };
  if (!hasRunningPod(session, found))
    return {
      status: 119,
      out: '',
      err: `X Exiting due to SVC_UNREACHABLE: service not available: no running pod for service ${name} found\n`,
    };
  const urls = urlsOf(session, found);
  if (options.includes('--url'))
    return { status: 0, out: lines(...urls), err: urls.length === 0 ? `! service ${namespace}/${name} has no node port\n` : '' };
  const table = box([row(session, found)]);
  if (urls.length === 0) {
    const type = textAt(found.json, 'spec', 'type') || 'ClusterIP';
    const warning = `! Services [${namespace}/${name}] have type "${type}" not meant to be exposed, however for local development minikube allows you to access this !`;
    return { status: 0, out: table, err: lines(warning) };
  }
  // A browser asks for the page behind the first address.
  const talk = new Conversation({ server: session.server, place: outside(session.server) });
  const [url = ''] = urls;
  talk.send({ to: `${url}/`, protocol: 'TCP', headers: { 'User-Agent': 'Mozilla/5.0' } });
  return talk.over(0, `${table}* Opening service ${namespace}/${name} in default browser...\n`);
}

function hasRunningPod({ server }: Session, { json, namespace }: StoredObject): boolean {
  const selector = at(json, 'spec', 'selector');
  const wanted = typeof selector === 'object' && selector !== null && !Array.isArray(selector) ? Object.entries(selector) : [];
  if (wanted.length === 0) return true;
  const pods = server.objects.filter((one) => one.kind === 'Pod' && one.namespace === namespace);
  return pods.some((pod) => textAt(pod.json, 'status', 'phase') === 'Running' && wanted.every(([key, value]) => pod.labels[key] === value));
}

function urlsOf(session: Session, { json }: StoredObject): readonly string[] {
  return listAt(json, 'spec', 'ports').flatMap((port) => {
    const nodePort = textAt(port, 'nodePort');
    return nodePort === '' ? [] : [`http://${nodeAddress(session)}:${nodePort}`];
  });
}

/** Namespace, name, ports, addresses: cells may have several lines. */
type Row = readonly (readonly string[])[];

function row(session: Session, found: StoredObject): Row {
  const urls = urlsOf(session, found);
  const ports = listAt(found.json, 'spec', 'ports').map((port) =>
    [textAt(port, 'name'), textAt(port, 'port')].filter((part) => part !== '').join('/'),
  );
  return [[found.namespace ?? ''], [found.name], urls.length === 0 ? ['No node port'] : ports, urls.length === 0 ? [''] : urls];
}

function list(session: Session): Answer {
  const services = session.server.objects.filter(({ kind }) => kind === 'Service');
  return { status: 0, out: box(services.map((one) => row(session, one))), err: '' };
}

const HEADER = ['NAMESPACE', 'NAME', 'TARGET PORT', 'URL'];

/** As olekukonko/tablewriter draws it: headers in the middle, numbers to the right. */
function box(rows: readonly Row[]): string {
  const widths = HEADER.map((title, column) =>
    Math.max(title.length, ...rows.flatMap((cells) => (cells[column] ?? []).map((text) => text.length))),
  );
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  const drawn = (texts: readonly string[]) => `|${texts.map((text, column) => ` ${cell(text, widths[column] ?? 0)} `).join('|')}|`;
  const head = `|${HEADER.map((title, column) => ` ${centred(title, widths[column] ?? 0)} `).join('|')}|`;
  const body = rows.flatMap((cells) =>
    Array.from({ length: Math.max(...cells.map((texts) => texts.length)) }, (_, line) => drawn(cells.map((texts) => texts[line] ?? ''))),
  );
  return lines(rule, head, rule, ...body, rule);
}

function cell(text: string, width: number): string {
  return /^\d+$/.test(text) ? text.padStart(width) : text.padEnd(width);
}

function centred(text: string, width: number): string {
  const before = Math.floor((width - text.length) / 2);
  return `${' '.repeat(before)}${text}`.padEnd(width);
}
