// With IPVS a packet to a Service never sees FORWARD: it goes INPUT -> IPVS -> OUTPUT, and OUTPUT may not ask by which device it came in. So
// Felix writes the sender into the mark at INPUT, and finds its chains by that mark at OUTPUT, when the real server is known
// (felix/rules/static.go: StaticFilterInputForwardCheckChain, StaticFilterOutputForwardEndpointMarkChain; endpoint_mark_mapper.go).
// Simplified: endpoints are numbered in order of their names, where Felix takes a hash; SCTP node ports are told as those of TCP and UDP.

import { netSet } from '../linux/ipset';
import type { Match } from '../linux/netfilter';
import { hostPrefix } from '../net/cidr';
import { type Family, family } from '../net/ip';
import { ACCEPTED, CALI_MARK, clears, isClear, sets } from './calico-policy-rules';
import type { NodeDraft, OnNode } from './node-draft';
import { jump, MATCH, rule } from './rules';

/** The mark of what came from no Pod of this node; those of the Pods are the numbers behind it. */
const NOT_A_POD = 0x00100000;

const NODE_PORTS = { first: 30000, last: 32767 } as const;

interface Marked {
  readonly of: Family;
  /** The veths of the node's Pods, in order. */
  readonly devices: readonly string[];
}

/** Writes the heads of cali-INPUT and cali-OUTPUT, and what they call. */
export function markForwarded(draft: NodeDraft, on: OnNode, { of, devices }: Marked): void {
  const filter = draft.table(of, 'filter');
  const hosts = `cali${of}0this-host`;
  draft.sets[hosts] = netSet(of, on.node.status.internalIPs.filter((address) => family(address) === of).map(hostPrefix));
  filter.add(
    'cali-INPUT',
    rule({ target: clears(CALI_MARK.endpoint) }),
    rule({ target: jump('cali-forward-check') }),
    rule({ matches: [isClear(CALI_MARK.endpoint, true)], target: { kind: 'return' } }),
  );
  filter.add('cali-forward-check', rule({ matches: [KNOWN], target: { kind: 'return' } }), ...toServices(hosts));
  writeMarks(draft, { of, devices });
  filter.add(
    'cali-OUTPUT',
    rule({ matches: [isClear(CALI_MARK.endpoint, true)], target: { kind: 'goto', chain: 'cali-forward-endpoint-mark' } }),
  );
  filter.add(
    'cali-forward-endpoint-mark',
    rule({ matches: [marked(NOT_A_POD, true)], target: jump('cali-from-endpoint-mark') }),
    rule({ matches: [{ kind: 'output', negated: false, device: 'cali+' }], target: jump('cali-to-wl-dispatch') }),
    rule({ target: clears(CALI_MARK.endpoint) }),
    rule({ matches: [MATCH.mark(CALI_MARK.accept)], comment: ACCEPTED, target: { kind: 'accept' } }),
  );
}

const KNOWN: Match = { kind: 'connection-state', negated: false, states: ['RELATED', 'ESTABLISHED'] };

/** Packets that IPVS may send on: those to a node port of the node, and those to an address that is none of its own. */
function toServices(hosts: string) {
  const nodePorts = (['TCP', 'UDP', 'SCTP'] as const).map((protocol) =>
    rule({
      matches: [MATCH.protocol(protocol), { kind: 'destination-ports', negated: false, ports: [NODE_PORTS] }, MATCH.set(hosts, ['dst'])],
      comment: 'To kubernetes NodePort service',
      target: { kind: 'goto', chain: 'cali-set-endpoint-mark' },
    }),
  );
  return [
    ...nodePorts,
    rule({ matches: [MATCH.set(hosts, ['dst'], true)], comment: 'To kubernetes service', target: jump('cali-set-endpoint-mark') }),
  ];
}

/** From the device to the mark, and from the mark to the chain of what the Pod sends. */
function writeMarks(draft: NodeDraft, { of, devices }: Marked): void {
  const filter = draft.table(of, 'filter');
  const unknown = { comment: 'Unknown interface', target: { kind: 'drop' } } as const;
  for (const [index, device] of devices.entries()) {
    const mark = numberOf(index);
    const chain = `cali-sm-${device}`;
    filter.add('cali-set-endpoint-mark', rule({ matches: [{ kind: 'input', negated: false, device }], target: { kind: 'goto', chain } }));
    filter.add(chain, rule({ target: sets(mark, CALI_MARK.endpoint) }));
    filter.add('cali-from-endpoint-mark', rule({ matches: [marked(mark)], target: { kind: 'goto', chain: `cali-fw-${device}` } }));
  }
  filter.add(
    'cali-set-endpoint-mark',
    rule({ matches: [{ kind: 'input', negated: false, device: 'cali+' }], ...unknown }),
    rule({ comment: 'Non-Cali endpoint mark', target: sets(NOT_A_POD, CALI_MARK.endpoint) }),
  );
  filter.add('cali-from-endpoint-mark', rule(unknown));
}

/** The bits of the mask hold as many numbers as a node has Pods. */
function numberOf(index: number): number {
  return ((index + 2) * NOT_A_POD) >>> 0;
}

function marked(mark: number, negated = false): Match {
  return { kind: 'mark', negated, value: mark, mask: CALI_MARK.endpoint };
}
