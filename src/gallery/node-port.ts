// A node port, through any node. A laptop calls port 30008 of a node that has no Pod of the Service: the node hands the packet on, under its own address.

import type { GalleryEntry } from './entry';

export const nodePort: GalleryEntry = {
  id: 'node-port',
  title: { en: 'A node port, through any node', fr: 'Un port de nœud, par n’importe quel nœud' },
  description: {
    en: 'A laptop calls port 30008 of a node that has no Pod of the Service: the node hands the packet on, under its own address.',
    fr: 'Un portable appelle le port 30008 d’un nœud qui n’a aucun Pod du Service : le nœud passe le paquet plus loin, sous sa propre adresse.',
  },
  request: { from: 'external/192.168.1.10', to: 'http://192.168.1.3:30008/', protocol: 'TCP', via: null },
  seed: 1,
  text: `apiVersion: v1
kind: Node
metadata:
  name: node-1
spec:
  podCIDR: 10.244.0.0/24
status:
  addresses:
  - type: InternalIP
    address: 192.168.1.2
---
apiVersion: v1
kind: Node
metadata:
  name: node-2
spec:
  podCIDR: 10.244.1.0/24
status:
  addresses:
  - type: InternalIP
    address: 192.168.1.3
---
apiVersion: v1
kind: Service
metadata:
  name: webapp
spec:
  type: NodePort
  selector:
    app: webapp
  ports:
  - port: 80
    targetPort: 80
    nodePort: 30008
---
apiVersion: v1
kind: Pod
metadata:
  name: webapp
  labels:
    app: webapp
spec:
  nodeName: node-1
  containers:
  - name: web
    image: nginx
    ports:
    - containerPort: 80
    readinessProbe:
      httpGet:
        path: /
        port: 80
`,
};
