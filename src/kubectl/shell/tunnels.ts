// `kubectl port-forward` and `proxy`: ways that stay open. Nothing stays open here: the command says what it would open, and what
// asks the same without it.

import type { Json } from '../../engine/index';
import { type Answer, misused, refused } from '../answer';
import type { Call } from '../call';
import { listAt, textAt } from '../fields';
import { podsBehind } from './chosen-pod';

export function portForward(call: Call): Answer {
  const [word, ...ports] = call.words;
  if (word === undefined || ports.length === 0)
    return misused(['port-forward'], 'TYPE/NAME and list of ports are required for port-forward');
  const wrong = ports.find((port) => !/^(?:\d+|\d*:\d+|\d*:?[a-z][a-z0-9-]*)$/.test(port));
  if (wrong !== undefined) return refused(`error parsing local port '${wrong}': invalid port`);
  const pods = podsBehind(call, word);
  if ('status' in pods) return pods;
  const [pod] = pods;
  if (pod === undefined) return refused('pod not found');
  const phase = textAt(pod.json, 'status', 'phase');
  if (phase !== 'Running') return refused(`unable to forward port because pod is not running. Current status=${phase}`);
  const unnamed = ports.map((port) => port.split(':').at(-1) ?? '').find((port) => !/^\d*$/.test(port) && !isNamed(call, pod.json, port));
  if (unnamed !== undefined) return refused(`Pod '${pod.name}' does not have a named port '${unnamed}'`);
  const pairs = ports.map((port) => {
    const [local, remote = local] = port.includes(':') ? port.split(':') : [port, port];
    return { local: local === '' ? remote : local, remote: numbered(pod.json, targetPort(call, word, remote ?? '')) };
  });
  const lines = pairs.flatMap(({ local, remote }) => [
    `Forwarding from 127.0.0.1:${local} -> ${remote}`,
    `Forwarding from [::1]:${local} -> ${remote}`,
  ]);
  const instead = `kubectl exec${call.namespace === 'default' ? '' : ` -n ${call.namespace}`} ${pod.name} -- curl -s http://localhost:${pairs[0]?.remote ?? ''}/`;
  return {
    status: 0,
    out: lines.map((line) => `${line}\n`).join(''),
    err: `The way is not kept open here. The Pod itself would be asked:\n  ${instead}\n`,
  };
}

/** A port by its name in the Pod. */
function numbered(pod: Json, port: string): string {
  const ports = listAt(pod, 'spec', 'containers').flatMap((container) => listAt(container, 'ports'));
  const found = ports.find((one) => textAt(one, 'name') === port);
  return found === undefined ? port : textAt(found, 'containerPort');
}

function isNamed(call: Call, pod: Json, name: string): boolean {
  const own = listAt(pod, 'spec', 'containers').flatMap((container) => listAt(container, 'ports'));
  const service = servicePorts(call, call.words[0] ?? '');
  return [...own, ...service].some((port) => textAt(port, 'name') === name);
}

function servicePorts({ server, namespace }: Call, word: string): readonly Json[] {
  const name = /^(?:svc|services?)\/(.+)$/.exec(word)?.[1];
  const service = server.objects.find((one) => one.kind === 'Service' && one.name === name && one.namespace === namespace);
  return listAt(service?.json, 'spec', 'ports');
}

/** Of a Service the port is the Service's own, and leads to the target port of its Pod. */
function targetPort(call: Call, word: string, port: string): string {
  const found = servicePorts(call, word).find((one) => textAt(one, 'port') === port || textAt(one, 'name') === port);
  return found === undefined ? port : textAt(found, 'targetPort') || textAt(found, 'port');
}

export function proxy(call: Call): Answer {
  const port = call.flags.one('port') ?? '8001';
  return {
    status: 0,
    out: `Starting to serve on ${call.flags.one('address') ?? '127.0.0.1'}:${port}\n`,
    err: 'The way is not kept open here: kubectl get --raw asks the API server for the same.\n',
  };
}
