// The wrong targetPort: the program listens on 3000, the Service sends to 8080: the packet arrives, and nobody is there.

import { type GalleryEntry, http } from './entry';

export const wrongTargetPort: GalleryEntry = {
  id: 'wrong-target-port',
  title: { en: 'The wrong targetPort', fr: 'Le mauvais targetPort' },
  description: {
    en: 'The program listens on 3000, the Service sends to 8080: the packet arrives, and nobody is there.',
    fr: 'Le programme écoute sur 3000, le Service envoie vers 8080 : le paquet arrive, et personne ne l’attend.',
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
apiVersion: apps/v1
kind: Deployment
metadata:
  name: backend
  namespace: production
spec:
  replicas: 2
  selector:
    matchLabels:
      app: backend
  template:
    metadata:
      labels:
        app: backend
    spec:
      containers:
      - name: api
        image: registry.example/api:1.4
        ports:
        - containerPort: 3000
---
apiVersion: v1
kind: Pod
metadata:
  name: frontend
  namespace: production
spec:
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
