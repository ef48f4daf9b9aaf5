// A headless Service. clusterIP: None: the name itself answers with the addresses of the Pods, the client chooses, and kube-proxy has no part in it.

import { type GalleryEntry, http } from './entry';

export const headless: GalleryEntry = {
  id: 'headless',
  title: { en: 'A headless Service', fr: 'Un Service sans adresse (headless)' },
  description: {
    en: 'clusterIP: None: the name itself answers with the addresses of the Pods, the client chooses, and kube-proxy has no part in it.',
    fr: 'clusterIP: None : le nom donne directement les adresses des Pods, le client choisit, et kube-proxy n’y est pour rien.',
  },
  request: http('pod/default/client', 'http://database:5432/'),
  seed: 2,
  text: `apiVersion: v1
kind: Service
metadata:
  name: database
spec:
  clusterIP: None
  selector:
    app: database
  ports:
  - port: 5432
---
apiVersion: v1
kind: Pod
metadata:
  name: database-0
  labels:
    app: database
spec:
  nodeName: node-1
  containers:
  - name: postgres
    image: postgres:17
    ports:
    - containerPort: 5432
    readinessProbe:
      tcpSocket:
        port: 5432
---
apiVersion: v1
kind: Pod
metadata:
  name: database-1
  labels:
    app: database
spec:
  nodeName: node-2
  containers:
  - name: postgres
    image: postgres:17
    ports:
    - containerPort: 5432
    readinessProbe:
      tcpSocket:
        port: 5432
---
apiVersion: v1
kind: Pod
metadata:
  name: client
spec:
  nodeName: node-1
  containers:
  - name: main
    image: busybox
    command: [sleep, infinity]
`,
};
