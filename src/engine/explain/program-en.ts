// English: the programs at both ends.

import type { Catalogue } from './language';
import type { ProgramFact } from './program-fact';
import type { Wording } from './wording';
import { address, named, place } from './words-en';

export const PROGRAM_EN: Catalogue<ProgramFact, 'code', Wording> = {
  'opens-connection': ({ by, to, way }) => [
    `${by} SYN`,
    `${by} opens a TCP connection to ${named(to)}: the first packet, SYN, leaves${out(way)}.`,
  ],
  'sends-datagram': ({ by, to, protocol, way }) => [
    `${by} ${protocol}`,
    `${by} sends a first ${protocol} packet to ${named(to)}; it leaves${out(way)}.`,
  ],
  'sends-echo': ({ by, to, way }) => [
    `${by} ping`,
    `${by} pings ${address(to)}: an ICMP echo request, which has no port, leaves${out(way)}.`,
  ],
  'accepts-connection': ({ by, to, way }) => [
    `${by} SYN-ACK`,
    `${by} accepts the connection: its SYN-ACK is addressed to ${named(to)}, the source that it saw, and leaves${out(way)}.`,
  ],
  'answers-datagram': ({ by, to, protocol, way }) => [
    `${by} answers`,
    `${by} answers over ${protocol} to ${named(to)}, the source that it saw; the answer leaves${out(way)}.`,
  ],
  'answers-echo': ({ by, to, way }) => [
    `${by} echo reply`,
    `The kernel of ${by} answers the ping by itself: an ICMP echo reply to ${address(to)} leaves${out(way)}.`,
  ],
  'resets-connection': ({ by, to }) => [
    `${by} RST`,
    `The kernel of ${by} refuses at once: it sends a TCP reset (RST) back to ${named(to)}.`,
  ],
  'reports-closed-port': ({ by, to, about }) => [
    `${by} ICMP refusal`,
    `${by} tells ${address(to)} in an ICMP error (port unreachable) that ${about.text} takes nothing.`,
  ],
  'reports-no-host': ({ by, to, about }) => [
    `${by} ICMP refusal`,
    `${by} tells ${address(to)} in an ICMP error (host unreachable) that it cannot find ${about.ip}.`,
  ],
  'reports-no-network': ({ by, to, about }) => [
    `${by} ICMP refusal`,
    `${by} tells ${address(to)} in an ICMP error (network unreachable) that it knows no way to ${about.ip}.`,
  ],
  'reports-expiry': ({ by, to, about }) => [
    `${by} ICMP expiry`,
    `${by} tells ${address(to)} in an ICMP error (time exceeded) that its packet for ${about.ip} has used up its hops.`,
  ],
  'arrives-as-sent': ({ by, port, protocol, destination, source }) => [
    `${by} delivered`,
    `A program of ${by} listens on ${protocol} ${port} and takes the packet. Nobody rewrote anything: it comes from ${named(source)} and is for ${destination.text}, just as it was sent.`,
  ],
  'arrives-readdressed': ({ by, port, protocol, source }) => [
    `${by} delivered`,
    `A program of ${by} listens on ${protocol} ${port} and takes the packet. It sees the client’s own address as the source, ${named(source)}; of the address that the client had asked for it learns nothing.`,
  ],
  'arrives-masqueraded': ({ by, port, protocol, source, client }) => [
    `${by} delivered`,
    `A program of ${by} listens on ${protocol} ${port} and takes the packet. It takes ${named(source)} for the client: the true source, ${client.ip}, was replaced on the way.`,
  ],
  'arrives-at-kernel': ({ here, source }) => [
    `${here.label} ping received`,
    `The kernel of ${place(here)} gets the echo request of ${address(source)}; no program is needed for the answer.`,
  ],
  'hears-peer': ({ by, from }) => [
    `${by} answer received`,
    `${by} gets the answer from ${named(from)}, which is exactly the address it had asked.`,
  ],
  'hears-in-disguise': ({ by, from, sender }) => [
    `${by} answer received`,
    `For ${by} the answer comes from ${named(from)}, the address it had asked: its kernel accepts it. That ${named(sender)} sent it cannot be seen from here.`,
  ],
  'hears-reset': ({ by, from }) => [
    `${by} refused`,
    `${by} gets a reset (RST) in the name of ${named(from)}: “connection refused”, at once.`,
  ],
  'hears-echo': ({ by, from }) => [`${by} ping answered`, `${by} gets the echo reply of ${address(from)}: the two can reach each other.`],
  'hears-ping-refused': ({ by, from }) => [
    `${by} ping refused`,
    `${by} gets the ICMP error “port unreachable” from ${address(from)} instead of an echo: ping prints it as “Destination Port Unreachable” and counts no answer.`,
  ],
  'hears-closed-port': ({ by, from }) => [
    `${by} refused`,
    `${by} gets the ICMP error “port unreachable” from ${address(from)}: to the program this reads “connection refused”.`,
  ],
  'hears-no-host': ({ by, from }) => [
    `${by} no host`,
    `${by} gets the ICMP error “host unreachable” from ${address(from)}: to the program this reads “no route to host”.`,
  ],
  'hears-no-network': ({ by, from }) => [
    `${by} no way`,
    `${by} gets the ICMP error “network unreachable” from ${address(from)}: no way leads there.`,
  ],
  'hears-expiry': ({ by, from }) => [
    `${by} expired`,
    `${by} learns from ${address(from)} that its packet died on the way, its time to live used up.`,
  ],
  'answers-http': ({ owner, status, client }) => [
    `${owner} HTTP`,
    `Over the open connection ${client} sends its HTTP request and ${owner} answers ${status}. These packets go the same way; table nat is not read for them.`,
  ],
  'answers-without-http': ({ owner, client }) => [
    `${owner} answers`,
    `The connection between ${client} and ${owner} stands, but the program there does not speak HTTP: there is no status.`,
  ],
};

function out(way: { readonly gateway: string | null; readonly device: string } | null): string {
  if (way === null) return ' once the hooks of this kernel have let it pass';
  return way.gateway === null ? ` by ${way.device}` : ` by ${way.device} through the gateway ${way.gateway}`;
}
