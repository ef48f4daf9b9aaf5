// Several ports, one by name: one Service leads to two ports of the same Pods; the second is found by the name that the container gives it.

import { type GalleryEntry, http } from './entry';

export const severalPorts: GalleryEntry = {
  id: 'several-ports',
  title: { en: 'Several ports, one by name', fr: 'Plusieurs ports, dont un nommé' },
  description: {
    en: 'One Service leads to two ports of the same Pods; the second is found by the name that the container gives it.',
    fr: 'Un Service mène à deux ports des mêmes Pods ; le second se trouve par le nom que lui donne le conteneur.',
  },
  request: http('pod/default/client', 'http://shop:9090/metrics'),
  seed: 1,
  text: `apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  selector:
    app: shop
  ports:
  - name: http
    port: 80
    targetPort: 3000
  - name: metrics
    port: 9090
    targetPort: metrics
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 2
  selector:
    matchLabels:
      app: shop
  template:
    metadata:
      labels:
        app: shop
    spec:
      containers:
      - name: shop
        image: registry.example/shop:3.1
        ports:
        - containerPort: 3000
        - name: metrics
          containerPort: 9464
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
