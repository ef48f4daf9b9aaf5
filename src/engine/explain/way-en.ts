// English: devices and routes.

import type { Catalogue } from './language';
import type { WayFact } from './way-fact';
import { capital, type Wording } from './wording';
import { address, packet, place } from './words-en';

export const WAY_EN: Catalogue<WayFact, 'code', Wording> = {
  'enters-from-pod': ({ here, reply, device, from }) => [
    `${device} enters ${here.label}`,
    `${capital(packet(reply))} leaves ${place(from)} by the virtual cable whose other end is ${device}, and so is inside ${place(here)}.`,
  ],
  'enters-from-network': ({ here, reply, device, from }) => [
    `${device} enters ${here.label}`,
    `${capital(packet(reply))} comes over the network from ${place(from)} and enters ${place(here)} by ${device}. Marks and connections of the machine before do not travel with it.`,
  ],
  'enters-by-loopback': ({ here, reply, device }) => [
    `${device} enters ${here.label}`,
    `${capital(packet(reply))} never left ${place(here)}: it comes back in by the loopback device ${device}.`,
  ],
  'leaves-to-pod': ({ here, reply, device, to }) => [
    `${device} leaves ${here.label}`,
    `${capital(packet(reply))} leaves ${place(here)} by ${device}, the node’s end of the virtual cable to ${place(to)}.`,
  ],
  'leaves-to-network': ({ here, reply, device, to }) => [
    `${device} physical network`,
    `${capital(packet(reply))} leaves ${place(here)} by its network card ${device}; on the link, ${place(to)} takes it.`,
  ],
  'route-local': ({ here, reply, destination, beaten, again, device }) => [
    `routing own address`,
    `${renewed(again)}${destination.ip} is an address of ${place(here)} itself, on ${device}: ${packet(reply)} goes no further and is handed up to the programs here.${loser(beaten)}`,
  ],
  'route-to-one-address': ({ here, reply, destination, device, beaten, again }) => [
    `routing local route`,
    `${renewed(again)}${capital(place(here))} has a route to the single address ${address(destination)}: ${packet(reply)} goes straight into the cable ${device}.${loser(beaten)}`,
  ],
  'route-on-link': ({ here, reply, destination, prefix, device, beaten, again }) => [
    `routing on the link`,
    `${renewed(again)}${address(destination)} lies in ${prefix}, on the link behind ${device}: ${place(here)} sends ${packet(reply)} there without any gateway.${loser(beaten)}`,
  ],
  'route-to-nobody': ({ here, reply, destination, prefix, beaten, again }) => [
    `routing nobody`,
    `${renewed(again)}On ${place(here)} the route ${prefix} takes ${packet(reply)} to ${destination.ip}, and leads nowhere.${loser(beaten)}`,
  ],
  'route-to-node': ({ here, reply, destination, prefix, gateway, device, byBgp, beaten, again }) => [
    `routing via ${gateway.ip}`,
    `${renewed(again)}${address(destination)} lies in ${prefix}, the Pod range of ${gateway.owner?.label ?? gateway.ip}${byBgp ? ', a route that BGP has learnt' : ''}: ${place(here)} sends ${packet(reply)} to ${gateway.ip} by ${device}, addresses untouched.${loser(beaten)}`,
  ],
  'route-to-one-of-nodes': ({ here, reply, destination, gateway, nodes, beaten, again }) => [
    `load balancer: 1 of ${nodes} nodes`,
    `${renewed(again)}${address(destination)} is the address of a load balancer that uses ${nodes} nodes, each as likely as the others. For this connection it has drawn ${gateway.owner?.label ?? gateway.ip}: ${place(here)} sends ${packet(reply)} to ${gateway.ip}, with the destination still that of the load balancer.${loser(beaten)}`,
  ],
  'route-to-only-node': ({ here, reply, destination, gateway, beaten, again }) => [
    `load balancer: ${gateway.ip}`,
    `${renewed(again)}${address(destination)} is the address of a load balancer, and ${gateway.owner?.label ?? gateway.ip} is the only node that it uses: ${place(here)} sends ${packet(reply)} to ${gateway.ip}, with the destination still that of the load balancer.${loser(beaten)}`,
  ],
  'route-to-entry-node': ({ here, reply, destination, gateway, device, beaten, again }) => [
    `routing via ${gateway.ip}`,
    `${renewed(again)}${address(destination)} is on no network outside. Because this request is to enter the cluster at ${gateway.owner?.label ?? gateway.ip}, ${place(here)} has a route for this one address and sends ${packet(reply)} to ${gateway.ip} by ${device}.${loser(beaten)}`,
  ],
  'route-by-gateway': ({ here, reply, destination, prefix, gateway, device, beaten, again }) => [
    `routing via ${gateway.ip}`,
    `${renewed(again)}The longest prefix that holds ${address(destination)} is ${prefix}: ${place(here)} hands ${packet(reply)} to the gateway ${gateway.ip} by ${device}.${loser(beaten)}`,
  ],
  'route-default': ({ here, reply, destination, gateway, device, beaten, again }) => [
    `routing default`,
    `${renewed(again)}No route of ${place(here)} speaks of ${address(destination)}: the default route takes ${packet(reply)} to ${gateway.ip} by ${device}.${loser(beaten)}`,
  ],
};

function renewed(again: boolean): string {
  return again ? 'The destination is a new one, so the routing table is read once more. ' : '';
}

function loser(beaten: string | null): string {
  if (beaten === null) return '';
  return beaten === 'default'
    ? ' The default route would hold it too, but any longer prefix wins.'
    : ` ${beaten} holds the address too, but the longer prefix wins.`;
}
