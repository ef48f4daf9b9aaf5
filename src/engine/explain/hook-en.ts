// English: the hooks of netfilter.

import { unreachable } from '../net/unreachable';
import type { Choice, HookFact, MasqueradeReason } from './hook-fact';
import type { Catalogue } from './language';
import type { MarkReason } from './mark-reason';
import { accepted, unpoliced } from './policy-en';
import { capital, type Wording } from './wording';
import { address, named, place, times } from './words-en';

export const HOOK_EN: Catalogue<HookFact, 'code', Wording> = {
  'service-address-replaced': ({ hook, here, from, to, service, choice, marked }) => [
    `${hook} DNAT`,
    `No interface carries ${from.ip}, the Service ${service ?? from.owner?.label ?? from.ip}: the kernel of ${place(here)} replaces this destination by ${chosen(choice)}: ${named(to)}.${mark(marked)}`,
  ],
  'node-port-replaced': ({ hook, here, from, to, service, choice, marked }) => [
    `${hook} DNAT`,
    `${from.text} is a node port${service === null ? '' : ` of the Service ${service}`}: no program answers there, the kernel of ${place(here)} replaces the destination by ${chosen(choice)}: ${named(to)}.${mark(marked)}`,
  ],
  'external-address-replaced': ({ hook, here, from, to, service, choice, marked }) => [
    `${hook} DNAT`,
    `A rule of ${place(here)} takes packets for ${from.text}${service === null ? '' : `, an outer address of the Service ${service}`}: the destination becomes ${chosen(choice)}: ${named(to)}.${mark(marked)}`,
  ],
  'host-port-replaced': ({ hook, here, from, to, pod }) => [
    `${hook} DNAT`,
    `${from.text} is a port of ${place(here)} that the Pod ${pod} has asked for (hostPort): the destination becomes ${named(to)}. No other node knows this port.`,
  ],
  'rewritten-by-connection': ({ hook, here, from, to, which }) => [
    `${hook} connection`,
    `The connection is in the table of ${place(here)} already: its entry, not a rule, replaces the ${which} ${from.text} by ${named(to)}.`,
  ],
  'answer-restored': ({ hook, here, from, to }) => [
    `${hook} reverse NAT`,
    `The answer comes from ${named(from)}, but the client asked ${to.text}: the connection entry of ${place(here)} puts ${named(to)} back as the source, and no rule is read for it.`,
  ],
  'answer-readdressed': ({ hook, here, from, to }) => [
    `${hook} reverse NAT`,
    `The answer is addressed to ${from.text}, the source that masquerading had written: the connection entry of ${place(here)} gives it back its true receiver, ${named(to)}.`,
  ],
  'source-masqueraded': ({ hook, here, from, to, why }) => [
    `${hook} masquerade`,
    `${because(why, from.ip)} So ${place(here)} replaces the source ${from.text} by its own ${to.text}, and the answer will come back to it.`,
  ],
  'source-masqueraded-in-place': ({ hook, here, from, to, why }) => [
    `${hook} masquerade`,
    `${because(why, from.ip)} ${capital(place(here))} puts its own address as the source, which it was already: only the port changes, from ${from.port} to ${to.port}.`,
  ],
  'source-port-moved': ({ hook, here, from, to }) => [
    `${hook} other port`,
    `Another connection of ${place(here)} already waits for answers to ${from.text}: though no rule asks for it, the kernel takes the source port ${to.port} instead.`,
  ],
  untracked: ({ hook, here, source, destination }) => [
    `${hook} unknown`,
    `Connection tracking on ${place(here)} cannot place this packet from ${source.text} to ${destination.text}: it belongs to no connection, so table nat stays closed to it.`,
  ],
  'error-untracked': ({ hook, here, source, destination }) => [
    `${hook} unchanged`,
    `The connection that the ICMP error from ${source.text} speaks of was refused before it entered the table of ${place(here)}: there is nothing to translate, the error goes on to ${destination.text} as it is.`,
  ],
  'connection-known': ({ hook, here, source, destination }) => [
    `${hook} known connection`,
    `${capital(place(here))} has the connection from ${source.text} to ${destination.text} in its table: table nat is read only for the first packet, so nothing is looked up or rewritten here.`,
  ],
  'answer-recognised': ({ hook, here, source, destination }) => [
    `${hook} known connection`,
    `${capital(place(here))} recognises the answer from ${named(source)} to ${destination.text} as part of a connection that it follows: table nat is not read again.`,
  ],
  'error-recognised': ({ hook, here, source, destination }) => [
    `${hook} known connection`,
    `The ICMP error from ${address(source)} quotes a connection that ${place(here)} follows, so it counts as related to it and may go on to ${destination.ip}.`,
  ],
  'answer-let-through': ({ hook, here, source, destination, rulesRead }) => [
    `${hook} accepted`,
    `${capital(place(here))} lets the answer from ${source.text} on to ${destination.text}: it belongs to a connection that was allowed${rulesRead === 0 ? ', and no rule stands here' : ''}.`,
  ],
  'answer-unchanged': ({ hook, here, source, destination }) => [
    `${hook} unchanged`,
    `On the way out ${place(here)} gave the packet no other destination, so there is none to undo: the answer keeps ${named(source)} as its source and goes on to ${destination.text}.`,
  ],
  'service-has-no-ping': ({ hook, here, destination, service }) => [
    `${hook} no rule`,
    `${destination.text} is the Service ${service}, which is a matter of ports, and a ping has none: no rule of ${place(here)} takes it up, so its destination stays an address that no interface carries.`,
  ],
  'service-without-rule': ({ hook, here, destination, service, rulesRead }) => [
    `${hook} no rule`,
    `${destination.text} is the Service ${service}, but none of the ${times(rulesRead, 'rule')} read in ${place(here)} replaces this address and port: the packet keeps a destination that no interface carries.`,
  ],
  'destination-kept': ({ hook, here, destination, rulesRead }) => [
    `${hook} no DNAT`,
    rulesRead === 0
      ? `No rule of ${place(here)} stands at this hook: the destination stays ${named(destination)}.`
      : `None of the ${times(rulesRead, 'rule')} read in ${place(here)} is for ${named(destination)}: the destination stays as it is.`,
  ],
  'accepted-by-network-policy': accepted,
  'accepted-unpoliced': unpoliced,
  'accepted-by-mark': ({ hook, here, destination, chain }) => [
    `${hook} accepted`,
    `The packet bears the mark of Service traffic: ${chain} on ${place(here)} accepts it on its way to ${destination.text}.`,
  ],
  'accepted-by-state': ({ hook, here, source, destination, chain }) => [
    `${hook} accepted`,
    `${chain} on ${place(here)} accepts the packet from ${source.text} to ${destination.text} for the state of its connection.`,
  ],
  'accepted-by-rule': ({ hook, here, source, destination, chain }) => [
    `${hook} accepted`,
    `A rule of ${chain} on ${place(here)} says ACCEPT to the packet from ${source.text} to ${destination.text}.`,
  ],
  'accepted-by-default': ({ hook, here, destination, rulesRead }) => [
    `${hook} accepted`,
    `${rulesRead === 0 ? `No filter rule stands in ${place(here)}` : `Of the ${times(rulesRead, 'rule')} read in ${place(here)} none decides`}: the policy of ${hook} is ACCEPT, the packet to ${destination.text} may go on.`,
  ],
  'source-kept': ({ hook, here, source, rulesRead }) => [
    `${hook} no masquerade`,
    `${rulesRead === 0 ? 'No rule wants it' : 'The packet bears no mark for it'}, so ${place(here)} does not masquerade: the source stays ${named(source)}. The connection is now in its table.`,
  ],
};

function chosen(choice: Choice): string {
  switch (choice.kind) {
    case 'only':
      return 'the only endpoint';
    case 'drawn':
      return `one of ${choice.among} endpoints, drawn at random`;
    case 'remembered':
      return `the endpoint that this client had already been given in the last ${choice.seconds} seconds`;
    default:
      return unreachable(choice);
  }
}

function mark(reason: MarkReason | null): string {
  return reason === null ? '' : ' It also marks the packet, so that its source is replaced on the way out.';
}

function because(why: MasqueradeReason, source: string): string {
  switch (why.kind) {
    case 'outside':
      return `${source} lies outside of the Pod range ${why.prefix}: the answer has to come back through this node for the address to be put back.`;
    case 'hairpin':
      return `The Service has sent ${source} to itself: with its own address as the source the Pod would throw the packet away.`;
    case 'own-node':
      return `A program of the node itself, ${source}, asked for the Service by an address for the outside.`;
    case 'entrance':
      return `${source} came in by an address that may lead to any node: the answer has to leave by this same one.`;
    case 'always':
      return `kube-proxy is told to masquerade all Service traffic, that of ${source} too.`;
    case 'virtual-source':
      return `The node itself has called, from ${source}: the address of the Service is one of its own, and the nearest. No answer would come back to that.`;
    case 'outgoing':
      return `The packet of ${source} leaves for an address outside of the Pod network, where nobody knows Pod addresses.`;
    case 'tunnel':
      return `To the far end, ${source} is somebody beyond the tunnel ${why.device}, and its answer would go past it.`;
    case 'unknown':
      return `A rule of table nat says MASQUERADE to packets like that of ${source}.`;
    default:
      return unreachable(why);
  }
}
