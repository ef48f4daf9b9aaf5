// English: IPVS.

import { unreachable } from '../net/unreachable';
import type { Catalogue } from './language';
import type { ServedFrom, ServerChoice, VirtualFact } from './virtual-fact';
import type { Wording } from './wording';
import { address, named, place } from './words-en';

export const VIRTUAL_EN: Catalogue<VirtualFact, 'code', Wording> = {
  'virtual-server-chose': ({ hook, here, from, to, service, choice, served }) => [
    `${hook} IPVS`,
    `IPVS on ${place(here)} has a virtual server ${from.text}${service === null ? '' : ` for the Service ${service}`} and chooses ${chosen(choice)}: ${named(to)}. ${onwards(served)}`,
  ],
  'virtual-answer-restored': ({ hook, here, from, to }) => [
    `${hook} IPVS answer`,
    `The answer of the real server ${named(from)} passes IPVS on ${place(here)}, which chose it: it gives the answer the address of the virtual server as its source, ${to.text}, the one that the client had asked.`,
  ],
  'virtual-address-kept': ({ hook, here, destination, device, service, marked }) => [
    `${hook} no DNAT`,
    `${destination.text}${service === null ? '' : `, the Service ${service},`} is on ${device} of ${place(here)}, so no rule has to replace it: the packet is for this node itself${hook === 'OUTPUT' ? ', and IPVS has no virtual server for this port' : ', where IPVS waits for it'}.${marked === null ? '' : ' The rules only mark it, so that its source is replaced on the way out.'}`,
  ],
  'virtual-address-pinged': ({ hook, here, destination, device, service }) => [
    `${hook} no DNAT`,
    `In IPVS mode ${destination.ip}${service === null ? '' : `, the address of the Service ${service},`} is one of ${place(here)} itself, on ${device}: a ping gets no further than this node, and to none of the Pods.`,
  ],
  'virtual-packet-sent-on': ({ hook, here, destination }) => [
    `${hook} sent on`,
    `IPVS sends the packet on from ${place(here)} as if it came from here, so it passes ${hook}; table nat is not asked again, the destination is already ${address(destination)}.`,
  ],
  'virtual-answer-kept': ({ hook, here, source }) => [
    `${hook} unchanged`,
    `IPVS on ${place(here)} has put ${named(source)} back as the source of the answer before: there is nothing left for table nat to undo.`,
  ],
  'route-to-virtual-address': ({ here, destination, device, service }) => [
    `routing own address`,
    `kube-proxy has put ${destination.ip}${service === null ? '' : `, the address of the Service ${service},`} on the device ${device} of ${place(here)}: nothing is plugged into it, but so the kernel takes the packet for one of its own, and INPUT is where IPVS sees it.`,
  ],
  'route-to-own-virtual-address': ({ here, destination, device, service }) => [
    `routing own address`,
    `${destination.ip}${service === null ? '' : `, the address of the Service ${service},`} is on the device ${device} of ${place(here)}: to the kernel the packet is one to itself, so it bears this address as its source too, and IPVS meets it at OUTPUT already.`,
  ],
  'route-back-to-virtual-address': ({ here, destination, device }) => [
    `routing own address`,
    `The packet had ${destination.ip} as its source, an address on the device ${device} of ${place(here)}: so the answer is for this node, and goes up to INPUT.`,
  ],
};

function chosen(choice: ServerChoice): string {
  switch (choice.kind) {
    case 'only':
      return 'the only real server';
    case 'turn':
      return `the one of ${choice.among} real servers whose turn it is (${choice.scheduler})`;
    case 'least':
      return `of ${choice.among} real servers the first with the fewest connections, ${choice.connections} (${choice.scheduler})`;
    case 'least-open':
      return `of ${choice.among} real servers the first with the fewest open connections, ${choice.connections} (${choice.scheduler})`;
    case 'hash':
      return `the one of ${choice.among} real servers to which the hash of the ${choice.of} address ${choice.address} leads (${choice.scheduler})`;
    case 'drawn':
      return `one of ${choice.among} real servers by a hash of the client’s address and port (${choice.scheduler})`;
    case 'locality':
      return `of ${choice.among} real servers the one that it keeps to for this address, as long as that is not overloaded (${choice.scheduler})`;
    case 'remembered':
      return `the real server that this client has had in the last ${choice.seconds} seconds (persistence)`;
    default:
      return unreachable(choice);
  }
}

function onwards(served: ServedFrom): string {
  switch (served) {
    case 'input':
      return 'The packet leaves INPUT again and is routed to it by way of OUTPUT.';
    case 'output':
      return 'The program of the node that has sent it sees nothing of that.';
    case 'here':
      return 'That is an address of this very node: the packet stays, and goes up to the programs here.';
    default:
      return unreachable(served);
  }
}
