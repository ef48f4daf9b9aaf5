// A Service, three Pods: the name is looked up, one of three Pods is drawn, and the answer seems to come from the Service.

import { type GalleryEntry, http } from './entry';

export const serviceThreePods: GalleryEntry = {
  id: 'service-three-pods',
  title: { en: 'A Service, three Pods', fr: 'Un Service, trois Pods' },
  description: {
    en: 'The name is looked up, one of three Pods is drawn, and the answer seems to come from the Service.',
    fr: 'Le nom est cherché, un Pod sur trois est tiré au sort, et la réponse semble venir du Service.',
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
status:
  phase: Running
  podIP: 10.1.1.10
  conditions: [{ type: Ready, status: "True" }]
---
apiVersion: v1
kind: Pod
metadata:
  name: backend-2
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
status:
  phase: Running
  podIP: 10.1.1.11
  conditions: [{ type: Ready, status: "True" }]
---
apiVersion: v1
kind: Pod
metadata:
  name: backend-3
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
status:
  phase: Running
  podIP: 10.1.1.12
  conditions: [{ type: Ready, status: "True" }]
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
status:
  phase: Running
  podIP: 10.1.1.5
  conditions: [{ type: Ready, status: "True" }]
---
apiVersion: v1
kind: Namespace
metadata:
  name: production
`,
};
