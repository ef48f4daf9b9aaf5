// A Service in another namespace: monitoring.shared is found by the second name of the search list, after a first question in vain.

import { type GalleryEntry, http } from './entry';

export const otherNamespace: GalleryEntry = {
  id: 'other-namespace',
  title: { en: 'A Service in another namespace', fr: 'Un Service d’un autre namespace' },
  description: {
    en: 'monitoring.shared is found by the second name of the search list, after a first question in vain.',
    fr: 'monitoring.shared est trouvé par le deuxième nom de la liste de recherche, après une première question sans succès.',
  },
  request: http('pod/production/frontend', 'http://monitoring.shared:9090/'),
  seed: 1,
  text: `apiVersion: v1
kind: Service
metadata:
  name: monitoring
  namespace: shared
spec:
  selector:
    app: monitoring
  ports:
  - port: 9090
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: monitoring
  namespace: shared
spec:
  replicas: 1
  selector:
    matchLabels:
      app: monitoring
  template:
    metadata:
      labels:
        app: monitoring
    spec:
      containers:
      - name: prometheus
        image: registry.example/monitoring:2.5
        ports:
        - containerPort: 9090
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
  name: shared
---
apiVersion: v1
kind: Namespace
metadata:
  name: production
`,
};
