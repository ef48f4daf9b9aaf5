// A policy that lets only one client in. The NetworkPolicy admits Pods labelled role: frontend to the database. The worker is not one of them: its packet is dropped, in silence.

import type { GalleryEntry } from './entry';

export const policyIsolates: GalleryEntry = {
  id: 'policy-isolates',
  title: { en: 'A policy that lets only one client in', fr: 'Une politique qui n’admet qu’un client' },
  description: {
    en: 'The NetworkPolicy admits Pods labelled role: frontend to the database. The worker is not one of them: its packet is dropped, in silence.',
    fr: 'La NetworkPolicy admet vers la base les Pods étiquetés role: frontend. Le worker n’en est pas : son paquet est jeté, en silence.',
  },
  request: { from: 'pod/shop/worker', to: 'database:5432', protocol: 'TCP', via: null },
  seed: 1,
  text: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: database-clients
  namespace: shop
spec:
  podSelector:
    matchLabels:
      app: database
  policyTypes:
  - Ingress
  ingress:
  - from:
    - podSelector:
        matchLabels:
          role: frontend
    ports:
    - protocol: TCP
      port: 5432
---
apiVersion: v1
kind: Service
metadata:
  name: database
  namespace: shop
spec:
  selector:
    app: database
  ports:
  - port: 5432
---
apiVersion: v1
kind: Pod
metadata:
  name: database-0
  namespace: shop
  labels:
    app: database
spec:
  nodeName: node-2
  containers:
  - name: postgres
    image: postgres:17
    ports:
    - containerPort: 5432
    readinessProbe:
      tcpSocket:
        port: 5432
---
apiVersion: v1
kind: Pod
metadata:
  name: frontend
  namespace: shop
  labels:
    role: frontend
spec:
  nodeName: node-1
  containers:
  - name: web
    image: registry.example/web:2.0
---
apiVersion: v1
kind: Pod
metadata:
  name: worker
  namespace: shop
  labels:
    role: worker
spec:
  nodeName: node-1
  containers:
  - name: main
    image: registry.example/worker:2.0
`,
};
