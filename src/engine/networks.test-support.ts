// A mini-language for tests of the Pod networks: two nodes with Pods on both, what is sent between them, and what is seen of it.

import type { Built } from './built';
import type { NetworkName } from './controlplane/cluster';
import { type Ask, ask, cluster, stepsOf } from './course.test-support';
import { formatRoute, mainTable } from './linux/ip-route';
import type { Packet } from './net/packet';
import type { Trace } from './trace/step';

export const node = (name: string, address: string, range: string): string => `
apiVersion: v1
kind: Node
metadata: { name: ${name} }
spec: { podCIDR: ${range}, podCIDRs: [${range}] }
status: { addresses: [{ type: InternalIP, address: ${address} }] }
---`;

export const pod = (name: string, on: string, address: string, more = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: default, labels: { app: ${name} } }
spec:
  nodeName: ${on}
  containers: [{ name: main, image: example/app, ports: [{ containerPort: 8080${more} }] }]
status: { phase: Running, podIP: ${address}, conditions: [{ type: Ready, status: "True" }] }
---`;

export const service = (name: string, selector: string, ip: string, more = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: default }
spec: { clusterIP: ${ip}, selector: { app: ${selector} }, ports: [{ port: 80, targetPort: 8080${more} }] }
---`;

/** Two nodes; a and b on the first, c on the second. */
export const twoNodes = (ranges: readonly [string, string], more = ''): string => {
  const [first, second] = ranges.map((range) => range.replace(/\.0\/\d+$/, ''));
  return (
    node('node-1', '192.168.1.10', ranges[0]) +
    node('node-2', '192.168.1.11', ranges[1]) +
    pod('a', 'node-1', `${first}.5`) +
    pod('b', 'node-1', `${first}.8`) +
    pod('c', 'node-2', `${second}.8`) +
    service('behind-b', 'b', '10.96.0.20') +
    service('behind-c', 'c', '10.96.0.30') +
    service('behind-a', 'a', '10.96.0.10') +
    more
  );
};

const CALICO_RANGES = ['10.1.1.0/24', '10.1.2.0/24'] as const;

export const built = (network: NetworkName, ranges: readonly [string, string] = CALICO_RANGES): Built =>
  cluster(twoNodes(ranges), { network, conveniences: false });

export function routes({ world }: Built, netns: string): readonly string[] {
  return mainTable(world.kernels[netns]?.routes ?? [], 4).map(formatRoute);
}

/** The packet as the program at the other end gets it. */
export function seen(made: Trace): Packet | undefined {
  return stepsOf(made, 'delivered').at(-1)?.skb?.packet;
}

/** The packets that cross the nodes' own link, outermost header first. */
export function onTheLink(made: Trace): readonly Packet[] {
  return stepsOf(made, 'device-left').flatMap(({ device, skb, at }) =>
    device === 'eth0' && skb !== null && at.purpose === 'request' ? [skb.packet] : [],
  );
}

export function send(on: Built, from: string, to: string, more: Partial<Ask> = {}): Trace {
  return ask(on, { from, to, ...more });
}

export function vxlanOf({ world }: Built, netns: string, name: string) {
  const attachment = world.kernels[netns]?.devices.find((device) => device.name === name)?.attachment;
  if (attachment?.kind !== 'tunnel' || attachment.tunnel.kind !== 'vxlan') throw new Error(`${netns} has no ${name}`);
  return attachment.tunnel;
}

export const FLAT_RANGES = ['10.244.0.0/24', '10.244.1.0/24'] as const;

/** The address of node-1. */
export const NODE = '192.168.1.10';
