// A Deployment to scale: change replicas and watch the Service’s endpoints and its rules follow.

import { type GalleryEntry, http } from './entry';

export const scaledDeployment: GalleryEntry = {
  id: 'scaled-deployment',
  title: { en: 'A Deployment to scale', fr: 'Un Deployment à agrandir' },
  description: {
    en: 'Change replicas and watch the Service’s endpoints and its rules follow.',
    fr: 'Changer replicas et voir suivre les adresses derrière le Service, puis ses règles.',
  },
  request: http('pod/default/client', 'http://api/users'),
  seed: 3,
  text: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
spec:
  replicas: 3
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
kind: Pod
metadata:
  name: client
spec:
  containers:
  - name: client
    image: registry.example/client:1.0
`,
};
