// A ping to a Service. kube-proxy’s rules know ports, and a ping has none: the Service does not answer, and works all the same.

import type { GalleryEntry } from './entry';

export const pingService: GalleryEntry = {
  id: 'ping-service',
  title: { en: 'A ping to a Service', fr: 'Un ping vers un Service' },
  description: {
    en: 'kube-proxy’s rules know ports, and a ping has none: the Service does not answer, and works all the same.',
    fr: 'Les règles de kube-proxy parlent de ports, et un ping n’en a pas : le Service ne répond pas, et fonctionne pourtant.',
  },
  request: { from: 'pod/production/frontend', to: 'ping:10.152.183.25', protocol: 'ICMP', via: null },
  seed: 1,
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
    readinessProbe:
      httpGet:
        path: /health
        port: 8080
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
---
apiVersion: v1
kind: Namespace
metadata:
  name: production
`,
};
