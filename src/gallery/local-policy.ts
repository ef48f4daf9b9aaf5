// A balancer that asks for local Pods. With externalTrafficPolicy Local the client keeps its address, and the balancer uses only the nodes that have a ready Pod.

import type { GalleryEntry } from './entry';

export const localPolicy: GalleryEntry = {
  id: 'local-policy',
  title: { en: 'A balancer that asks for local Pods', fr: 'Un répartiteur qui veut des Pods locaux' },
  description: {
    en: 'With externalTrafficPolicy Local the client keeps its address, and the balancer uses only the nodes that have a ready Pod.',
    fr: 'Avec externalTrafficPolicy Local, le client garde son adresse, et le répartiteur ne se sert que des nœuds qui ont un Pod prêt.',
  },
  request: { from: 'external/198.51.100.7', to: 'http://203.0.113.20/', protocol: 'TCP', via: null },
  seed: 1,
  text: `apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  selector:
    app: shop
  ports:
  - port: 80
    targetPort: 8080
    nodePort: 30080
  healthCheckNodePort: 31080
status:
  loadBalancer:
    ingress:
    - ip: 203.0.113.20
---
apiVersion: v1
kind: Pod
metadata:
  name: shop-1
  labels:
    app: shop
spec:
  nodeName: node-2
  containers:
  - name: web
    image: registry.example/shop:1.0
    ports:
    - containerPort: 8080
    readinessProbe:
      httpGet:
        path: /health
        port: 8080
---
apiVersion: v1
kind: Pod
metadata:
  name: shop-2
  labels:
    app: shop
spec:
  nodeName: node-2
  containers:
  - name: web
    image: registry.example/shop:1.0
    ports:
    - containerPort: 8080
    readinessProbe:
      httpGet:
        path: /health
        port: 8080
`,
};
