// Pod to Pod, two nodes: the other Pod is on node-2: a learnt route leads there, and the source stays what it is.

import { type GalleryEntry, http } from './entry';

export const podToPodTwoNodes: GalleryEntry = {
  id: 'pod-to-pod-two-nodes',
  title: { en: 'Pod to Pod, two nodes', fr: 'De Pod à Pod, deux nœuds' },
  description: {
    en: 'The other Pod is on node-2: a learnt route leads there, and the source stays what it is.',
    fr: 'L’autre Pod est sur node-2 : une route apprise y mène, et la source reste telle quelle.',
  },
  request: http('pod/default/pod-a', 'http://10.1.2.8:8080/'),
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
  nodeName: node-2
  containers:
  - name: api
    image: registry.example/api:1.4
    ports:
    - containerPort: 8080
status:
  phase: Running
  podIP: 10.1.2.8
  conditions: [{ type: Ready, status: "True" }]
`,
};
