// An Ingress in front of two Services: host and path choose the Service, and the controller opens a second connection to one of its Pods.

import type { GalleryEntry } from './entry';

export const ingress: GalleryEntry = {
  id: 'ingress',
  title: { en: 'An Ingress in front of two Services', fr: 'Un Ingress devant deux Services' },
  description: {
    en: 'Host and path choose the Service; the controller ends the connection of the client and opens a second one to a Pod.',
    fr: 'L’hôte et le chemin choisissent le Service ; le contrôleur termine la connexion du client et en ouvre une autre vers un Pod.',
  },
  request: { from: 'external/203.0.113.9', to: 'http://shop.example/api/orders', protocol: 'TCP', via: null },
  seed: 1,
  text: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example
    http:
      paths:
      - path: /api
        pathType: Prefix
        backend:
          service:
            name: api
            port:
              number: 80
      - path: /
        pathType: Prefix
        backend:
          service:
            name: web
            port:
              number: 80
---
apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  selector:
    app: api
  ports:
  - port: 80
    targetPort: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
  - port: 80
    targetPort: 3000
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
spec:
  replicas: 2
  selector:
    matchLabels:
      app: api
  template:
    metadata:
      labels:
        app: api
    spec:
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
  name: web
  labels:
    app: web
spec:
  containers:
  - name: web
    image: registry.example/web:2.0
    ports:
    - containerPort: 3000
    readinessProbe:
      httpGet:
        path: /
        port: 3000
`,
};
