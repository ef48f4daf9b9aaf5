// A policy that forgot DNS. Egress is restricted to the database, and the name server is not on the list: the name no longer resolves, though the database itself is allowed.

import type { GalleryEntry } from './entry';

export const policyWithoutDns: GalleryEntry = {
  id: 'policy-without-dns',
  title: { en: 'A policy that forgot DNS', fr: 'Une politique qui a oublié le DNS' },
  description: {
    en: 'Egress is restricted to the database, and the name server is not on the list: the name no longer resolves, though the database itself is allowed.',
    fr: 'La sortie est limitée à la base, et le serveur de noms n’est pas dans la liste : le nom ne se résout plus, alors que la base, elle, est permise.',
  },
  request: { from: 'pod/shop/frontend', to: 'database:5432', protocol: 'TCP', via: null },
  seed: 1,
  text: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: frontend-egress
  namespace: shop
spec:
  podSelector:
    matchLabels:
      role: frontend
  policyTypes:
  - Egress
  egress:
  - to:
    - podSelector:
        matchLabels:
          app: database
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
`,
};
