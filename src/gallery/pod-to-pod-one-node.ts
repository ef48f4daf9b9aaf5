// Pod to Pod, one node: two Pods of one node talk by address: two cables, one routing decision, nothing rewritten.

import { type GalleryEntry, http } from './entry';

export const podToPodOneNode: GalleryEntry = {
  id: 'pod-to-pod-one-node',
  title: { en: 'Pod to Pod, one node', fr: 'De Pod à Pod, un nœud' },
  description: {
    en: 'Two Pods of one node talk by address: two cables, one routing decision, nothing rewritten.',
    fr: 'Deux Pods d’un même nœud se parlent par adresse : deux câbles, une décision de routage, rien de réécrit.',
  },
  request: http('pod/default/pod-a', 'http://10.1.1.8:8080/'),
  seed: 1,
  text: `apiVersion: v1
kind: Pod
metadata:
  name: pod-a
spec:
  nodeName: node-1
  containers:
  - name: client
    image: registry.example/client:1.0
status:
  phase: Running
  podIP: 10.1.1.5
  conditions: [{ type: Ready, status: "True" }]
---
apiVersion: v1
kind: Pod
metadata:
  name: pod-b
spec:
  nodeName: node-1
  containers:
  - name: api
    image: registry.example/api:1.4
    ports:
    - containerPort: 8080
status:
  phase: Running
  podIP: 10.1.1.8
  conditions: [{ type: Ready, status: "True" }]
`,
};
