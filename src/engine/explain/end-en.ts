// English: where a packet ends, and what the client sees of it.

import { calledItself, type EndFact } from './end-fact';
import type { Catalogue } from './language';
import { dropped } from './policy-en';
import { capital, type Wording } from './wording';
import { address, list, named, packet, place } from './words-en';

export const END_EN: Catalogue<EndFact, 'code', Wording> = {
  'dropped-invalid': ({ hook, here, reply, source, destination, chain }) => [
    `${hook ?? ''} dropped`.trim(),
    `${capital(place(here))} follows no connection to which ${packet(reply)} from ${source.text} to ${destination.text} belongs: ${chain} drops what is INVALID, without a word.`,
  ],
  'dropped-no-local-endpoint': ({ hook, here, destination, service }) => [
    `${hook ?? ''} dropped`.trim(),
    `The Service ${service ?? ''} behind ${destination.text} takes only endpoints on the node itself, and ${place(here)} has none, though other nodes do: kube-proxy’s rule drops the packet.`,
  ],
  'dropped-by-source-range': ({ hook, here, source, destination, service }) => [
    `${hook ?? ''} dropped`.trim(),
    `The Service ${service ?? ''} lists who may call ${destination.text} (loadBalancerSourceRanges) and ${source.ip} is not among them: the firewall chain of ${place(here)} drops the packet.`,
  ],
  'dropped-by-rule': ({ hook, here, reply, source, destination, chain, comment }) => [
    `${hook ?? ''} dropped`.trim(),
    `A rule of ${chain} on ${place(here)}${comment === '' ? '' : ` (“${comment}”)`} says DROP: ${packet(reply)} from ${source.text} to ${destination.text} disappears, and nobody is told.`,
  ],
  'dropped-by-network-policy': dropped,
  'dropped-by-policy': ({ hook, here, reply, destination }) => [
    `${hook ?? ''} dropped`.trim(),
    `No rule of ${place(here)} spoke for ${packet(reply)} to ${destination.text}, and the policy of ${hook ?? 'this chain'} is DROP: it disappears without a word.`,
  ],
  'dropped-blackhole': ({ here, reply, destination, prefix }) => [
    `routing blackhole`,
    `${destination.ip} lies in ${prefix}, the range of ${place(here)}, but no running Pod has this address: the blackhole route swallows ${packet(reply)}, and nobody is told.`,
  ],
  'dropped-unowned-service-address': ({ hook, here, destination, prefix }) => [
    `${hook ?? ''} dropped`.trim(),
    `${destination.ip} lies in ${prefix}, the range of Services, but no Service has it: kube-proxy’s rule on ${place(here)} throws the packet away before it leaves the cluster in search of nobody.`,
  ],
  'dropped-unknown-host': ({ here, reply, destination }) => [
    `routing nobody`,
    `${capital(place(here))} stands for the rest of the world and knows nobody at ${address(destination)}: ${packet(reply)} is lost there, without any sign.`,
  ],
  'dropped-service-port': ({ here, destination, service }) => [
    `routing nobody`,
    `No rule took up port ${destination.port} of the Service ${service}, so the packet for ${destination.ip} has left the cluster: ${place(here)} knows no such address and says nothing.`,
  ],
  'dropped-service-ping': ({ here, destination, service }) => [
    `routing nobody`,
    `No rule answers a ping for the Service ${service}, so the packet for ${destination.ip} has left the cluster: ${place(here)} knows no such host. That the Service does not answer a ping says nothing about its ports.`,
  ],
  'dropped-ttl': ({ here, reply, destination }) => [
    `routing expired`,
    `The time to live of ${packet(reply)} for ${destination.text} has run out at ${place(here)}: it goes round no longer.`,
  ],
  'dropped-not-forwarding': ({ here, reply, destination }) => [
    `routing no forwarding`,
    `${capital(packet(reply))} is for ${destination.text}, which is not an address of ${place(here)}, and forwarding (ip_forward) is off there: it is thrown away.`,
  ],
  'dropped-not-ours': ({ here, source, destination }) => [
    `${here.label} no such connection`,
    `The answer reaches ${place(here)} from ${named(source)}, but the program had asked somebody else: no socket waits for ${destination.text} to hear from that address, and the answer is thrown away.`,
  ],
  'dropped-martian': ({ here, source, destination }) => [
    `${here.label} martian source`,
    `The packet for ${destination.text} claims to come from ${source.ip}, which is an address of ${place(here)} itself: a kernel never believes that of a packet from outside, and throws it away.`,
  ],
  'dropped-no-forwarding-entry': ({ here, reply, destination }) => [
    `tunnel no entry`,
    `The tunnel of ${place(here)} knows the MAC address of the gateway for ${address(destination)}, but no entry (bridge fdb) says behind which machine that lives: ${packet(reply)} is thrown away, and a counter is all that shows it.`,
  ],
  'dropped-tunnel-unreachable': ({ here, reply, source, destination }) => [
    `tunnel no way`,
    `${capital(place(here))} cannot reach the other end of the tunnel: no packet gets from ${source.ip} to ${destination.ip}. The refusal concerns the wrapping, which ${here.label} has sent itself; who sent ${packet(reply)} inside hears nothing.`,
  ],
  'dropped-no-such-tunnel': ({ here, reply, source }) => [
    `${here.label} unknown tunnel`,
    `${capital(packet(reply))} has come wrapped from ${source.ip} to ${place(here)}, which has no tunnel of this kind and number, or not this MAC address: nobody unwraps it, and it is thrown away.`,
  ],
  'dropped-application-silent': ({ here, destination }) => [
    `${here.label} says nothing`,
    `The program behind ${address(destination)} has taken the connection, and the kernel has confirmed it; the request was read or waits to be, and no answer comes. The network has done its part.`,
  ],
  'dropped-no-hairpin': ({ here, reply, destination }) => [
    `bridge no hairpin`,
    `${capital(packet(reply))} for ${destination.text} would have to leave the bridge of ${place(here)} by the port that it came in by, and hairpin mode is off: a switch does not do that, and throws it away.`,
  ],
  'rejected-no-endpoint': ({ hook, here, destination, service, selector }) => [
    `${hook ?? ''} REJECT`.trim(),
    `The Service ${service ?? ''} has no endpoint${selector === null ? ' and no selector to find any' : `: no ready Pod bears the labels ${selector}`}. For ${destination.text} kube-proxy has written no translation on ${place(here)} but a rule that rejects.`,
  ],
  'rejected-service-port': ({ hook, here, destination, service, mode }) => [
    `${hook ?? ''} REJECT`.trim(),
    `The Service ${service} has the address ${destination.ip} but no port ${destination.port}: in ${mode} mode kube-proxy rejects on ${place(here)} whatever is for a cluster IP and for none of its ports. In iptables mode the packet would have left the cluster unanswered.`,
  ],
  'rejected-service-ping': ({ hook, here, destination, service, mode }) => [
    `${hook ?? ''} REJECT`.trim(),
    `${destination.ip} is the Service ${service}, of which only the ports lead to Pods, and a ping has none: in ${mode} mode kube-proxy rejects on ${place(here)} all the rest, “port unreachable”. That says nothing about whether the ports work.`,
  ],
  'rejected-virtual-address-ping': ({ here, destination, service, chain }) => [
    `INPUT REJECT`,
    `${destination.ip}, the address of the Service ${service}, is on ${place(here)} itself, whose kernel would answer the ping in the Pods’ place and prove nothing. So kube-proxy’s chain ${chain} refuses whatever is for a virtual address and for none of its ports, “port unreachable”.`,
  ],
  'rejected-no-real-server': ({ here, destination, service }) => [
    `${here.label} no real server`,
    `IPVS on ${place(here)} has a virtual server for ${destination.text}${service === null ? '' : `, the Service ${service}`}, and no real server behind it: without an endpoint there is nobody to choose, and the kernel refuses.`,
  ],
  'rejected-by-rule': ({ hook, here, reply, destination, chain, comment }) => [
    `${hook ?? ''} REJECT`.trim(),
    `A rule of ${chain} on ${place(here)}${comment === '' ? '' : ` (“${comment}”)`} refuses ${packet(reply)} to ${destination.text}, and says so to the sender.`,
  ],
  'rejected-closed-port': ({ here, destination, port, protocol, listening }) => [
    `${here.label} closed port`,
    `The packet has found ${place(here)} at ${destination.ip}, but nothing listens on ${protocol} ${port} there${open(listening)}: the kernel refuses.`,
  ],
  'rejected-wrong-target-port': ({ here, port, protocol, listening, service }) => [
    `${here.label} closed port`,
    `The Service ${service} sends to port ${port} (its targetPort), but in ${place(here)} nothing listens on ${protocol} ${port}${open(listening)}. Name, Service and way are right; the port is not.`,
  ],
  'rejected-no-route': ({ here, reply, destination }) => [
    `routing no route`,
    `${capital(place(here))} has no route at all for ${destination.ip}: ${packet(reply)} cannot be sent, “network is unreachable”.`,
  ],
  'rejected-by-route': ({ here, reply, destination, prefix }) => [
    `routing refused`,
    `On ${place(here)} the route ${prefix} is there to refuse: ${packet(reply)} for ${destination.ip} goes no further, and the sender is told.`,
  ],
  'rejected-ttl': ({ here, reply, destination }) => [
    `routing expired`,
    `The time to live of ${packet(reply)} for ${destination.text} has run out at ${place(here)}, which tells the sender so (ICMP, time exceeded): on its way the packet went in circles.`,
  ],
  'rejected-no-neighbour': ({ here, destination, device }) => [
    `${device === '' ? here.label : device} nobody answers`,
    `${capital(place(here))} asks on ${device === '' ? 'the link' : device} who has ${address(destination)} (ARP), three times, and nobody answers: “host unreachable”.`,
  ],
  'ends-answered': (fact) => [
    `${fact.by} done`,
    calledItself(fact)
      ? `${fact.by} has its answer from ${named(fact.backend)}${http(fact.status)}: the very address that it called, without any Service between them.`
      : `${fact.by} has its answer from ${fact.asked?.text ?? ''}${http(fact.status)}, and never learns that behind ${fact.service === null ? 'this port' : `the Service ${fact.service}`} it was ${fact.owner}, at ${fact.backend.text}.`,
  ],
  'ends-proxied': ({ by, asked, proxy, owner, backend, status }) => [
    `${by} done`,
    `${by} has its answer from ${asked?.text ?? ''}${http(status)}. It has spoken with ${proxy} alone, which had asked ${owner}, at ${backend.text}, over a second connection.`,
  ],
  'ends-with-status': ({ by, asked, proxy, status, why, destination }) => [
    `${by} ${status}`,
    `${by} has an answer from ${asked?.text ?? ''}, HTTP ${status}, but it comes from the proxy ${proxy} and from no application: ${STATUS[why](destination.text)}.`,
  ],
  'ends-refused': ({ by, asked, reason, destination, where }) => [
    `${by} refused`,
    `${by} is refused at once when it calls ${asked?.text ?? destination.text}: ${REFUSED[reason](place(where), destination.text)}.`,
  ],
  'ends-in-silence': ({ by, asked, reason, destination, where }) => [
    `${by} time-out`,
    `${by} waits for ${asked?.text ?? destination.text} until it gives up: ${LOST[reason](place(where), destination.text)}, and silence is all that comes back.`,
  ],
  'ends-without-answer': ({ by, asked, reason, destination, where }) => [
    `${by} time-out`,
    `${by} waits until it gives up although its packet to ${asked?.text ?? destination.text} did arrive: the answer was lost, ${LOST[reason](place(where), destination.text)}.`,
  ],
  'ends-unknown-name': ({ by, name }) => [
    `${by} unknown name`,
    `${by} cannot even begin: no name that it could make of “${name}” exists, so no packet ever left for the destination.`,
  ],
  'ends-name-without-address': ({ by, name }) => [
    `${by} no address`,
    `${by} cannot begin: “${name}” exists, but has no address to send to.`,
  ],
  'ends-name-failed': ({ by, name }) => [
    `${by} no name server`,
    `${by} cannot begin: nobody could tell it the address of “${name}”. That says nothing about whether the name exists.`,
  ],
};

function open(listening: readonly string[]): string {
  return listening.length === 0 ? ', nor on any other port' : `, only on ${list(listening)}`;
}

function http(status: number | null): string {
  return status === null ? '' : `, HTTP ${status}`;
}

export const REFUSED = {
  rule: (where, to) => `a rule on ${where} rejects what is for ${to}`,
  'no-real-server': (where, to) => `the virtual server ${to} on ${where} has no real server behind it`,
  'no-socket': (where, to) => `nothing listens at ${to} in ${where}`,
  'unreachable-route': (where, to) => `${where} knows no way to ${to}`,
  'ttl-expired': (where, to) => `at ${where} the packet to ${to} had used up its hops`,
  'no-neighbour': (where, to) => `nobody on the link of ${where} has the address of ${to}`,
} satisfies Record<string, (where: string, to: string) => string>;

export const LOST = {
  rule: (where, to) => `a rule on ${where} dropped the packet to ${to}`,
  'network-policy': (where, to) => `no NetworkPolicy in force on ${where} let the packet to ${to} through`,
  policy: (where, to) => `the policy of a chain on ${where} dropped the packet to ${to}`,
  blackhole: (where, to) => `the blackhole route of ${where} swallowed the packet to ${to}`,
  'no-such-host': (where, to) => `${where} knew nobody at ${to}`,
  'ttl-expired': (where, to) => `at ${where} the packet to ${to} had used up its hops`,
  'not-forwarding': (where, to) => `${where} does not forward, and ${to} is not there`,
  'not-ours': (where, to) => `${where} could not match what came to ${to} with anything it had asked`,
  'martian-source': (where, to) => `${where} did not believe that the packet to ${to} came from its own address`,
  'no-forwarding-entry': (where, to) => `the tunnel of ${where} had no entry for the machine of ${to}`,
  'tunnel-unreachable': (where, to) => `${where} could not reach the far end of the tunnel to ${to}`,
  'no-such-tunnel': (where, to) => `${where} did not unwrap what came for ${to}`,
  'application-silent': (_, to) => `the program at ${to} took the request and never answered`,
  'no-hairpin': (where, to) => `the bridge of ${where} does not send back by the same port what is for ${to}`,
} satisfies Record<string, (where: string, to: string) => string>;

export const STATUS = {
  'no-server': () => 'no rule is for this host',
  'no-location': () => 'no rule takes this path',
  'no-service': () => 'the rule names a Service that does not exist',
  'no-port': () => 'the rule names a port that the Service does not have',
  'no-endpoint': () => 'no Pod behind the rule is ready',
  'not-permitted': () => 'the rule may not name a Service of that namespace',
  'no-upstream': () => 'the rule leads to nobody',
  fixed: () => 'the rule sends it elsewhere',
  'to-https': () => 'this host is served over HTTPS only',
  'wrong-scheme': () => 'the client spoke HTTP to a port for HTTPS, or the reverse',
  'upstream-refused': (to) => `nothing takes connections at ${to}`,
  'upstream-silent': (to) => `nothing came back from ${to}`,
  'upstream-no-http': (to) => `what listens at ${to} does not speak HTTP`,
} satisfies Record<string, (to: string) => string>;
