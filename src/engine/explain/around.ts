// A step with what came before it and the names of the cluster: what a sentence may speak of.

import { type ObjectRef, readProvenance } from '../kube/ref';
import type { RuleRead } from '../linux/chain-walk';
import { formatSocket, type IpProtocol, type SocketAddress } from '../net/packet';
import type { Provenance } from '../net/provenance';
import type { Step, Trace } from '../trace/step';
import { type AddressOwner, type Names, placeNamed } from './names';

export interface Around {
  readonly names: Names;
  readonly trace: Trace;
  /** Of the step that is told. */
  readonly index: number;
}

/** A namespace as a sentence names it: `frontend`, or `shared/monitoring` where it lies in another Kubernetes namespace than the client. */
export interface Spot {
  readonly kind: 'pod' | 'node' | 'external' | 'router' | 'gateway';
  readonly label: string;
}

/** An address as a sentence names it. */
export interface Address {
  readonly ip: string;
  readonly port: number;
  /** Both together; the address alone where no port matters. */
  readonly text: string;
  readonly owner: { readonly kind: AddressOwner['kind']; readonly label: string } | null;
}

export function spotOf(around: Around, netns: string): Spot {
  const { kind, name, namespace } = placeNamed(around.names, netns);
  return { kind, label: labelOf(around, { namespace, name }) };
}

/** ICMP has no ports: what stands in their place, 0 or the number of a ping, is no concern of a sentence. */
export function addressOf(around: Around, address: SocketAddress, protocol: IpProtocol = 'TCP'): Address {
  const bare = bareAddress(around, address.ip);
  return protocol === 'ICMP' || address.port === 0 ? bare : { ...bare, port: address.port, text: formatSocket(address) };
}

/** The same without a port. */
export function bareAddress(around: Around, ip: string): Address {
  const here = around.trace.steps[around.index]?.at.netns ?? '';
  const owner = around.names.nearby[here]?.[ip] ?? around.names.addresses[ip];
  return { ip, port: 0, text: ip, owner: owner === undefined ? null : { kind: owner.kind, label: labelOf(around, owner) } };
}

/** The name of a program's owner: the Pod's without its namespace where the client shares it, a node's, an address outside. */
export function ownerLabel(around: Around, owner: string): string {
  const parts = owner.split('/');
  if (parts.length === 1) return owner;
  const [namespace, name] = parts;
  const long = parts.length === 3;
  const isNetns = long ? ['pod', 'gateway'].includes(namespace ?? '') : ['node', 'external', 'router'].includes(namespace ?? '');
  if (!isNetns) return labelOf(around, { namespace: namespace ?? null, name: name ?? owner });
  const { kind, label } = spotOf(around, owner);
  return kind === 'gateway' ? `Gateway ${label}` : label;
}

export function labelOf(around: Around, { namespace, name }: { readonly namespace: string | null; readonly name: string }): string {
  return namespace === null || namespace === homeNamespace(around) || isSystem(namespace) ? name : `${namespace}/${name}`;
}

/** Everybody knows where kube-dns lives. */
function isSystem(namespace: string): boolean {
  return namespace === 'kube-system';
}

/** The client's; where the client is no Pod, that of the first Pod or Service on the way. */
function homeNamespace({ names, trace }: Around): string | null {
  const places = trace.steps.map(({ at }) => placeNamed(names, at.netns).namespace);
  const asked = trace.steps.map(({ skb }) => (skb === null ? null : (names.addresses[skb.packet.destination.ip]?.namespace ?? null)));
  return [...places, ...asked].find((namespace) => namespace !== null && !isSystem(namespace)) ?? null;
}

/** The steps before this one, of the same conversation. */
export function earlierInExchange({ trace, index }: Around): readonly Step[] {
  const step = trace.steps[index];
  return trace.steps.slice(0, index).filter((one) => one.at.exchange === step?.at.exchange && one.at.purpose === step.at.purpose);
}

/** The step just before in the same conversation. */
export function stepBefore(around: Around): Step | null {
  return earlierInExchange(around).at(-1) ?? null;
}

/** Rules that matched, in the order in which they were read. */
export function matched(reads: readonly RuleRead[]): readonly RuleRead[] {
  return reads.filter(({ result }) => result.kind === 'matched');
}

export function objectBehind(label: Provenance): ObjectRef | null {
  return readProvenance(label)?.ref ?? null;
}

/** The Service that one of these rules was written for; null where none was. */
export function serviceBehind(reads: readonly RuleRead[]): ObjectRef | null {
  for (const { rule, result } of reads) {
    const element = result.kind === 'matched' ? result.element : null;
    const ref = (element === null ? null : objectBehind(element.provenance)) ?? objectBehind(rule.provenance) ?? commented(rule.comment);
    if (ref?.kind === 'Service') return ref;
  }
  return null;
}

/** kube-proxy begins its comments with `namespace/service:port`. */
function commented(comment: string): ObjectRef | null {
  const found = /^([a-z0-9-]+)\/([a-z0-9.-]+)/.exec(comment);
  return found === null ? null : { kind: 'Service', namespace: found[1] ?? null, name: found[2] ?? '' };
}
