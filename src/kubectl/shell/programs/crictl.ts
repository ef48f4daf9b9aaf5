// crictl on a node: the containers and sandboxes that run there. Their identifiers are made from names: the runtime draws them.

import { type Json, parseTimestamp, type StoredObject } from '../../../engine/index';
import { listAt, textAt } from '../../fields';
import { tableLines } from '../../table';
import { identifier } from '../identifier';
import { lines, type Program } from '../program';

export const crictl: Program = ({ place, server, words }) => {
  if (place.kind !== 'node') return { status: 1, out: '', err: 'crictl: there is no container runtime here\n' };
  const pods = server.objects.filter(({ kind, json }) => kind === 'Pod' && textAt(json, 'spec', 'nodeName') === place.node);
  const verb = words.find((word) => !word.startsWith('-')) ?? '';
  if (verb === 'pods')
    return {
      status: 0,
      out: lines(
        ...tableLines([
          ['POD ID', 'CREATED', 'STATE', 'NAME', 'NAMESPACE', 'ATTEMPT', 'RUNTIME'],
          ...pods.map((pod) => podRow(pod, server.now)),
        ]),
      ),
      err: '',
    };
  if (verb !== 'ps') return { status: 1, out: '', err: `crictl ${verb} is not simulated: ps and pods are\n` };
  const all = words.includes('-a') || words.includes('--all');
  const rows = pods.flatMap((pod) => containersOf(pod, { all, now: server.now }));
  return {
    status: 0,
    out: lines(...tableLines([['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD', 'NAMESPACE'], ...rows])),
    err: '',
  };
};

function podRow(pod: StoredObject, now: number): readonly string[] {
  return [
    identifier(`${pod.namespace}/${pod.name}`),
    ago(textAt(pod.json, 'status', 'startTime'), now),
    'Ready',
    pod.name,
    pod.namespace ?? '',
    '0',
    '(default)',
  ];
}

function containersOf(pod: StoredObject, { all, now }: { readonly all: boolean; readonly now: number }): readonly (readonly string[])[] {
  return listAt(pod.json, 'status', 'containerStatuses').flatMap((status) => {
    const isRunning = textAt(status, 'state', 'running', 'startedAt') !== '' || hasState(status, 'running');
    if (!isRunning && !(all && hasState(status, 'terminated'))) return [];
    const name = textAt(status, 'name');
    const restarts = textAt(status, 'restartCount') || '0';
    const id = identifier(`${pod.namespace}/${pod.name}/${name}/${restarts}`);
    const since = textAt(status, 'state', 'running', 'startedAt');
    return [
      [
        id,
        textAt(status, 'image'),
        ago(since, now),
        isRunning ? 'Running' : 'Exited',
        name,
        restarts,
        identifier(`${pod.namespace}/${pod.name}`),
        pod.name,
        pod.namespace ?? '',
      ],
    ];
  });
}

function hasState(status: Json, state: string): boolean {
  return Object.keys((typeof status === 'object' && status !== null && 'state' in status ? status.state : null) ?? {}).includes(state);
}

/** go-units' HumanDuration. */
function ago(since: string, now: number): string {
  const seconds = Math.floor((now - (parseTimestamp(since) ?? now)) / 1000);
  if (seconds < 1) return 'Less than a second ago';
  if (seconds < 60) return `${seconds} seconds ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return minutes === 1 ? 'About a minute ago' : `${minutes} minutes ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? (hours === 1 ? 'About an hour ago' : `${hours} hours ago`) : `${Math.floor(hours / 24)} days ago`;
}
