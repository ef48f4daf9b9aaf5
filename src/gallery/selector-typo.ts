// A label that does not match: the Service looks for app=back-end, the Pods carry app=backend: find out who refuses, and where.

import { type GalleryEntry, http } from './entry';

export const selectorTypo: GalleryEntry = {
  id: 'selector-typo',
  title: { en: 'A label that does not match', fr: 'Une étiquette qui ne correspond pas' },
  description: {
    en: 'The Service looks for app=back-end, the Pods carry app=backend: find out who refuses, and where.',
    fr: 'Le Service cherche app=back-end, les Pods portent app=backend : trouver qui refuse, et où.',
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
    app: back-end
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
  replicas: 3
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
        - containerPort: 8080
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
