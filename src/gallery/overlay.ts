// A tunnel between two nodes. Calico with VXLAN: on the way to the other node the whole packet travels inside another one, from node to node.

import type { GalleryEntry } from './entry';

export const overlay: GalleryEntry = {
  id: 'overlay',
  title: { en: 'A tunnel between two nodes', fr: 'Un tunnel entre deux nœuds' },
  description: {
    en: 'Calico with VXLAN: on the way to the other node the whole packet travels inside another one, from node to node.',
    fr: 'Calico avec VXLAN : vers l’autre nœud, le paquet entier voyage dans un autre, de nœud à nœud.',
  },
  request: { from: 'pod/default/frontend', to: 'http://10.1.2.8:8080/', protocol: 'TCP', via: null },
  seed: 1,
  text: `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: default-ipv4-ippool
spec:
  cidr: 10.1.0.0/16
  vxlanMode: Always
  ipipMode: Never
  natOutgoing: true
---
apiVersion: v1
kind: Pod
metadata:
  name: frontend
spec:
  nodeName: node-1
  containers:
  - name: web
    image: registry.example/web:2.0
status:
  phase: Running
  podIP: 10.1.1.5
  conditions: [{ type: Ready, status: "True" }]
---
apiVersion: v1
kind: Pod
metadata:
  name: backend
spec:
  nodeName: node-2
  containers:
  - name: api
    image: registry.example/api:1.4
    ports:
    - containerPort: 8080
status:
  phase: Running
  podIP: 10.1.2.8
  conditions: [{ type: Ready, status: "True" }]
`,
};
