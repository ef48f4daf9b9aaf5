// A Service for an outside address: no selector: the Endpoints are written by hand, and lead out of the cluster.

import { type GalleryEntry, http } from './entry';

export const externalDatabase: GalleryEntry = {
  id: 'external-database',
  title: { en: 'A Service for an outside address', fr: 'Un Service vers une adresse extérieure' },
  description: {
    en: 'No selector: the Endpoints are written by hand, and lead out of the cluster.',
    fr: 'Sans sélecteur : les Endpoints sont écrits à la main et mènent hors du cluster.',
  },
  request: http('pod/default/app', 'http://database:80/'),
  seed: 1,
  text: `apiVersion: v1
kind: Service
metadata:
  name: database
spec:
  ports:
  - port: 80
    targetPort: 9376
---
apiVersion: v1
kind: Endpoints
metadata:
  name: database
subsets:
- addresses:
  - ip: 192.0.2.42
  ports:
  - port: 9376
---
apiVersion: v1
kind: Pod
metadata:
  name: app
spec:
  containers:
  - name: app
    image: registry.example/app:1.2
`,
};
