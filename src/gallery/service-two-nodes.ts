// A Service over two nodes: one of the three Pods sits on the other node: the draw decides whether the packet crosses the network.

import { type GalleryEntry, http } from './entry';

export const serviceTwoNodes: GalleryEntry = {
  id: 'service-two-nodes',
  title: { en: 'A Service over two nodes', fr: 'Un Service sur deux nœuds' },
  description: {
    en: 'One of the three Pods sits on the other node: the draw decides whether the packet crosses the network.',
    fr: 'L’un des trois Pods est sur l’autre nœud : le tirage décide si le paquet traverse le réseau.',
  },
  request: http('pod/production/frontend', 'http://backend:80/api'),
  seed: 7,
  text: `apiVersion: v1
kind: Service
metadata:
  name: backend
  namespace: production
spec:
  clusterIP: 10.152.183.25
  selector:
    app: backend
  ports:
  - port: 80
    targetPort: 8080
---
apiVersion: v1
kind: Pod
metadata:
  name: backend-1
  namespace: production
  labels:
    app: backend
spec:
  nodeName: node-1
  containers:
  - name: api
    image: registry.example/api:1.4
    ports:
    - containerPort: 8080
status:
  phase: Running
  podIP: 10.1.1.10
  conditions: [{ type: Ready, status: "True" }]
---
apiVersion: v1
kind: Pod
metadata:
  name: backend-2
  namespace: production
  labels:
    app: backend
spec:
  nodeName: node-2
  containers:
  - name: api
    image: registry.example/api:1.4
    ports:
    - containerPort: 8080
status:
  phase: Running
  podIP: 10.1.2.10
  conditions: [{ type: Ready, status: "True" }]
---
apiVersion: v1
kind: Pod
metadata:
  name: backend-3
  namespace: production
  labels:
    app: backend
spec:
  nodeName: node-2
  containers:
  - name: api
    image: registry.example/api:1.4
    ports:
    - containerPort: 8080
status:
  phase: Running
  podIP: 10.1.2.11
  conditions: [{ type: Ready, status: "True" }]
---
apiVersion: v1
kind: Pod
metadata:
  name: frontend
  namespace: production
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
kind: Namespace
metadata:
  name: production
`,
};
