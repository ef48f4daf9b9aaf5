// English: tunnels and bridges.

import type { Catalogue } from './language';
import type { TunnelFact } from './tunnel-fact';
import { capital, type Wording } from './wording';
import { address, packet, place } from './words-en';

export const TUNNEL_EN: Catalogue<TunnelFact, 'code', Wording> = {
  'wrapped-in-udp': ({ here, reply, device, source, destination, from, to, port, vni, mac }) => [
    `${device} wraps`,
    `${device} puts ${packet(reply)} from ${source.ip} to ${destination.ip}, whole, into a UDP packet from ${address(from)} to ${address(to)}, port ${port} (VXLAN ${vni}): its table says that the gateway’s MAC address ${mac} lives behind ${to.ip}. From here on ${here.label} sends a packet of its own.`,
  ],
  'wrapped-in-ip': ({ here, reply, device, source, destination, from, to }) => [
    `${device} wraps`,
    `${device} puts ${packet(reply)} from ${source.ip} to ${destination.ip}, whole, behind a second IP header from ${address(from)} to ${address(to)}, the gateway of the route (IPIP, protocol 4). From here on ${here.label} sends a packet of its own.`,
  ],
  unwrapped: ({ here, reply, device, source, destination }) => [
    `${device} unwraps`,
    `${capital(place(here))} takes the wrapping off: ${packet(reply)} from ${source.text} to ${destination.text} comes in by ${device} as if it had just arrived there, no hop older, and meets the rules again from the beginning.`,
  ],
  'wrapped-at-hook': ({ hook, here, from, to, destination }) => [
    `${hook} outer packet`,
    `At ${hook} the rules of ${place(here)} see the wrapping alone, ${from.ip} to ${to.ip}; that something for ${destination.ip} travels inside does not concern them, and nothing is rewritten.`,
  ],
  switched: ({ here, reply, device, port, to, destination, ruled }) => [
    `${device} switches`,
    `The bridge ${device} of ${place(here)} knows behind which port ${address(destination)} lives and sends ${packet(reply)} on by ${port} to ${place(to)}: a frame switched, not a packet routed, so its time to live stays. ${
      ruled ? 'The rules are asked all the same (bridge-nf-call-iptables is 1).' : 'No rule is asked (bridge-nf-call-iptables is 0).'
    }`,
  ],
};
