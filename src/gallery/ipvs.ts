// The same Service in IPVS mode. kube-proxy programs virtual servers instead of rules: back ends take turns, and the cost does not grow with the number of Services.

import { type GalleryEntry, http } from './entry';

export const ipvs: GalleryEntry = {
  id: 'ipvs',
  title: { en: 'The same Service in IPVS mode', fr: 'Le même Service en mode IPVS' },
  description: {
    en: 'kube-proxy programs virtual servers instead of rules: back ends take turns, and the cost does not grow with the number of Services.',
    fr: 'kube-proxy programme des serveurs virtuels au lieu de règles : les destinations prennent chacune leur tour, et le coût ne croît pas avec le nombre de Services.',
  },
  request: http('pod/production/frontend', 'http://backend:80/api'),
  seed: 1,
  text: `apiVersion: v1
kind: ConfigMap
metadata:
  name: kube-proxy
  namespace: kube-system
data:
  config.conf: |
    apiVersion: kubeproxy.config.k8s.io/v1alpha1
    kind: KubeProxyConfiguration
    mode: ipvs
    ipvs:
      scheduler: rr
---
apiVersion: v1
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
