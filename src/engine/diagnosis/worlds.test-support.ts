// Three clusters that have little in common, each with a request that is answered: what the faults of `faults.test-support.ts` are set in.

import type { ClusterSettings } from '../controlplane/cluster';
import type { ScenarioRequest } from '../view';

export interface TestWorld {
  readonly name: string;
  readonly text: string;
  readonly settings: Partial<ClusterSettings>;
  readonly request: ScenarioRequest;
  /** The Service that the request is for, and the Pod that sends it. */
  readonly service: { readonly namespace: string; readonly name: string };
  readonly client: { readonly namespace: string; readonly name: string };
}

function http(from: string, to: string): ScenarioRequest {
  return { from, to, protocol: 'TCP', via: null };
}

/** iptables and Calico; a Deployment, its Service and a client side by side. */
const SHOP = `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
      - name: main
        image: registry.example/web:1.0
        ports: [{ containerPort: 8080 }]
        readinessProbe: { httpGet: { path: /health, port: 8080 } }
---
apiVersion: v1
kind: Pod
metadata: { name: client, namespace: shop, labels: { app: client } }
spec: { nodeName: node-1, containers: [{ name: main, image: busybox, command: [sleep, '36000'] }] }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop }
`;

/** IPVS over VXLAN, three nodes; a call across namespaces, a port by its name, policies that allow what is needed. */
const TIERS = `
apiVersion: v1
kind: Node
metadata: { name: alpha }
spec: { podCIDR: 10.20.0.0/24 }
status: { addresses: [{ type: InternalIP, address: 172.16.0.10 }] }
---
apiVersion: v1
kind: Node
metadata: { name: beta }
spec: { podCIDR: 10.20.1.0/24 }
status: { addresses: [{ type: InternalIP, address: 172.16.0.11 }] }
---
apiVersion: v1
kind: Node
metadata: { name: gamma }
spec: { podCIDR: 10.20.2.0/24 }
status: { addresses: [{ type: InternalIP, address: 172.16.0.12 }] }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: back }
spec:
  type: NodePort
  selector: { tier: api, app: orders }
  ports:
  - { name: http, port: 9000, targetPort: web }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: back }
spec:
  replicas: 2
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders, tier: api } }
    spec:
      containers:
      - name: api
        image: registry.example/orders:3.2
        ports: [{ name: web, containerPort: 7070 }]
        livenessProbe: { tcpSocket: { port: web } }
        readinessProbe: { httpGet: { path: /ready, port: web } }
---
apiVersion: v1
kind: Service
metadata: { name: database, namespace: data }
spec: { clusterIP: None, selector: { app: postgres }, ports: [{ port: 5432 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: database-0, namespace: data, labels: { app: postgres } }
spec: { containers: [{ name: main, image: "postgres:17", ports: [{ containerPort: 5432 }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: frontend, namespace: front, labels: { app: frontend } }
spec: { nodeName: gamma, containers: [{ name: main, image: registry.example/front:1.1, ports: [{ containerPort: 3000 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: from-front, namespace: back }
spec:
  podSelector: { matchLabels: { app: orders } }
  ingress:
  - from: [{ namespaceSelector: {} }, { ipBlock: { cidr: 172.16.0.0/24 } }]
---
{ apiVersion: v1, kind: Namespace, metadata: { name: front } }
---
{ apiVersion: v1, kind: Namespace, metadata: { name: back } }
---
{ apiVersion: v1, kind: Namespace, metadata: { name: data } }
`;

/** nftables and Calico, two address families; Pods written one by one, a bare TCP connection to a full name. */
const QUEUE = `
apiVersion: v1
kind: Node
metadata: { name: kind-worker, labels: { disk: ssd } }
spec: { podCIDRs: [10.244.1.0/24, "fd00:10:244:1::/64"] }
status: { addresses: [{ type: InternalIP, address: 172.18.0.3 }, { type: InternalIP, address: "fc00:f853::3" }] }
---
apiVersion: v1
kind: Node
metadata: { name: kind-worker2 }
spec: { podCIDRs: [10.244.2.0/24, "fd00:10:244:2::/64"] }
status: { addresses: [{ type: InternalIP, address: 172.18.0.4 }, { type: InternalIP, address: "fc00:f853::4" }] }
---
apiVersion: v1
kind: Service
metadata: { name: broker, namespace: jobs, labels: { part-of: pipeline } }
spec:
  ipFamilyPolicy: PreferDualStack
  selector: { app.kubernetes.io/name: broker }
  ports:
  - { name: amqp, port: 5672, targetPort: 5672 }
---
apiVersion: v1
kind: Pod
metadata: { name: broker-a, namespace: jobs, labels: { app.kubernetes.io/name: broker, version: a } }
spec:
  nodeName: kind-worker
  containers:
  - name: rabbit
    image: registry.example/broker:4
    ports: [{ name: amqp, containerPort: 5672 }]
    readinessProbe: { tcpSocket: { port: 5672 } }
---
apiVersion: v1
kind: Pod
metadata: { name: broker-b, namespace: jobs, labels: { app.kubernetes.io/name: broker, version: b } }
spec:
  nodeName: kind-worker2
  containers:
  - name: rabbit
    image: registry.example/broker:4
    ports: [{ name: amqp, containerPort: 5672 }]
    readinessProbe: { tcpSocket: { port: 5672 } }
---
apiVersion: v1
kind: Pod
metadata: { name: worker, namespace: jobs, labels: { app: worker } }
spec: { nodeName: kind-worker2, containers: [{ name: main, image: registry.example/worker:4 }] }
---
{ apiVersion: v1, kind: Namespace, metadata: { name: jobs } }
`;

export const WORLDS: readonly TestWorld[] = [
  {
    name: 'shop',
    text: SHOP,
    settings: {},
    request: http('pod/shop/client', 'http://web/'),
    service: { namespace: 'shop', name: 'web' },
    client: { namespace: 'shop', name: 'client' },
  },
  {
    name: 'tiers',
    text: TIERS,
    settings: { proxyMode: 'ipvs', network: 'calico-vxlan' },
    request: http('pod/front/frontend', 'http://orders.back:9000/list'),
    service: { namespace: 'back', name: 'orders' },
    client: { namespace: 'front', name: 'frontend' },
  },
  {
    name: 'queue',
    text: QUEUE,
    settings: { proxyMode: 'nftables', network: 'calico' },
    request: http('pod/jobs/worker', 'broker.jobs.svc.cluster.local:5672'),
    service: { namespace: 'jobs', name: 'broker' },
    client: { namespace: 'jobs', name: 'worker' },
  },
];
