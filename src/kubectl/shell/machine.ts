// The machine under a node, as far as it can be stopped, cut off and mended: its power, its link, the services of its systemd. What is done
// to it are faults of the cluster, the same ones that the plan offers.

import type { ApiServer, Fault } from '../../engine/index';

/** Whether a machine answers from outside: it is on, and its link is up. */
export function isReachable(server: ApiServer, node: string): boolean {
  return isOn(server, node) && !isCutOff(server, node);
}

export function isOn({ faults }: ApiServer, node: string): boolean {
  return !faults.some((fault) => fault.kind === 'node-lost' && fault.node === node);
}

/** A link that is down cuts a node off from every other one. */
export function isCutOff(server: ApiServer, node: string): boolean {
  const cuts = cutsOf(server, node);
  return cuts.length > 0 && cuts.every((cut) => has(server, cut));
}

export function runsProxy({ faults }: ApiServer, node: string): boolean {
  return !faults.some((fault) => fault.kind === 'proxy-stopped' && fault.node === node);
}

export function powered(server: ApiServer, node: string, isOnAfter: boolean): ApiServer {
  return server.change({ kind: isOnAfter ? 'mend-fault' : 'set-fault', fault: { kind: 'node-lost', node } });
}

export function withProxy(server: ApiServer, node: string, isRunning: boolean): ApiServer {
  return server.change({ kind: isRunning ? 'mend-fault' : 'set-fault', fault: { kind: 'proxy-stopped', node } });
}

/** Null where there is no other node: then nothing of the cluster is behind the link. */
export function linked(server: ApiServer, node: string, isUp: boolean): ApiServer | null {
  const cuts = cutsOf(server, node);
  const kind = isUp ? 'mend-fault' : 'set-fault';
  return cuts.length === 0 ? null : cuts.reduce((before, fault) => before.change({ kind, fault }), server);
}

function cutsOf({ loaded }: ApiServer, node: string): readonly Extract<Fault, { kind: 'link-cut' }>[] {
  const others = loaded.snapshot.view.nodes.filter(({ name }) => name !== node);
  return others.map(({ name }) => ({ kind: 'link-cut', nodes: [node, name] }));
}

function has({ faults }: ApiServer, { nodes }: Extract<Fault, { kind: 'link-cut' }>): boolean {
  return faults.some((fault) => fault.kind === 'link-cut' && nodes.every((node) => fault.nodes.includes(node)));
}
