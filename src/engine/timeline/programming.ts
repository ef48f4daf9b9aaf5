// Those who turn what they read into what kernels and resolvers do: kube-proxy on each node, CoreDNS.

import type { EndpointSlice } from '../kube/endpoints';
import { SERVICE_NAME_LABEL } from '../kube/endpoints';
import type { Service } from '../kube/service';
import { PROXY_PERIOD } from './delays';
import { part } from './happening';
import type { Seen } from './life';
import type { LifeDraft } from './life-draft';
import { isSilent } from './silence';

/** kube-proxy writes its node's rules, unless it has just done so: then as soon as it may again. */
export function writeRules(draft: LifeDraft, node: string): void {
  const machine = draft.current.machines[node];
  const stopped = draft.current.faults.some((fault) => fault.kind === 'proxy-stopped' && fault.node === node);
  if (machine === undefined || stopped || isSilent(draft.current, node)) return;
  const { services, endpointSlices } = draft.cluster;
  const changed = changedServices(machine.programmed, { services, endpointSlices });
  if (changed.length === 0) return;
  if (draft.now < machine.programmedAt + PROXY_PERIOD) {
    draft.wake(part('kube-proxy', node), machine.programmedAt + PROXY_PERIOD - draft.now);
    return;
  }
  draft.setMachine(node, { programmed: { services, endpointSlices }, programmedAt: draft.now });
  draft.tell({ kind: 'Node', namespace: null, name: node }, { code: 'rules-written', services: changed });
}

/** CoreDNS answers from what it reads as soon as it has read it. */
export function writeNames(draft: LifeDraft): void {
  const { services, endpointSlices } = draft.cluster;
  const changed = changedServices(draft.current.named, { services, endpointSlices });
  if (changed.length === 0) return;
  draft.change({ named: { services, endpointSlices } });
  const known = services.filter(
    ({ spec, metadata }) => changed.includes(`${metadata.namespace}/${metadata.name}`) && spec.clusterIPs === 'None',
  );
  const names = [...new Set([...known.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`), ...comeAndGone(draft, changed)])];
  if (names.length > 0) draft.tell(null, { code: 'names-written', services: names });
}

function comeAndGone(draft: LifeDraft, changed: readonly string[]): readonly string[] {
  const told = draft.current.happenings.findLast(({ code }) => code === 'names-written')?.at ?? -1;
  const recent = draft.current.happenings.filter(
    ({ at, object, code }) => at > told && object?.kind === 'Service' && (code === 'created' || code === 'deleted'),
  );
  return changed.filter((key) => recent.some(({ object }) => `${object?.namespace}/${object?.name}` === key));
}

/** Services that are others now, or whose endpoints are. */
export function changedServices(before: Seen, after: Seen): readonly string[] {
  const [was, is] = [index(before), index(after)];
  return [...new Set([...was.keys(), ...is.keys()])].filter((key) => {
    const [old, fresh] = [was.get(key) ?? [], is.get(key) ?? []];
    return old.length !== fresh.length || old.some((each, at) => each !== fresh[at]);
  });
}

const indices = new WeakMap<readonly Service[], WeakMap<readonly EndpointSlice[], ReadonlyMap<string, readonly object[]>>>();

function index({ services, endpointSlices }: Seen): ReadonlyMap<string, readonly object[]> {
  const bySlices = indices.get(services) ?? new WeakMap();
  indices.set(services, bySlices);
  const known = bySlices.get(endpointSlices);
  if (known !== undefined) return known;
  const made = new Map<string, object[]>();
  for (const service of services) made.set(`${service.metadata.namespace}/${service.metadata.name}`, [service]);
  for (const slice of endpointSlices) {
    const key = `${slice.metadata.namespace}/${slice.metadata.labels[SERVICE_NAME_LABEL]}`;
    made.set(key, [...(made.get(key) ?? []), slice]);
  }
  bySlices.set(endpointSlices, made);
  return made;
}
