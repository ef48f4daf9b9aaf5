// What `--dry-run=client -o yaml` prints, as the real tool does; and the same object in the manifest.

import { describe, expect, it } from 'vitest';
import { load, settledServer, writtenObjects } from '../../engine/index';
import { commands } from './commands.test-support';
import { base64 } from './generators';

const TEXT = `apiVersion: v1
kind: Service
metadata: { name: api, labels: { app: web } }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: x, labels: { app: x } }
spec: { containers: [{ name: x, image: busybox, ports: [{ containerPort: 80 }, { containerPort: 53, protocol: UDP }] }] }
`;
const server = settledServer(load(TEXT), TEXT);
const printed = (line: string) => commands(server, `${line} --dry-run=client -o yaml`).answer;

const CASES: readonly (readonly [string, string])[] = [
  [
    'run p1 --image=busybox -- sleep 3600',
    `apiVersion: v1
kind: Pod
metadata:
  labels:
    run: p1
  name: p1
spec:
  containers:
  - args:
    - sleep
    - "3600"
    image: busybox
    name: p1
    resources: {}
  dnsPolicy: ClusterFirst
  restartPolicy: Always
status: {}
`,
  ],
  [
    'run p1 --image=nginx --port=80 --env=X=1 --env=Y=a=b --labels=a=b,c=d --restart=Never --command -n shop -- echo hi',
    `apiVersion: v1
kind: Pod
metadata:
  labels:
    a: b
    c: d
  name: p1
  namespace: shop
spec:
  containers:
  - command:
    - echo
    - hi
    env:
    - name: X
      value: "1"
    - name: "Y"
      value: a=b
    image: nginx
    name: p1
    ports:
    - containerPort: 80
    resources: {}
  dnsPolicy: ClusterFirst
  restartPolicy: Never
status: {}
`,
  ],
  [
    'create deployment d1 --image=nginx:1.27 --port=80 --replicas=3',
    `apiVersion: apps/v1
kind: Deployment
metadata:
  labels:
    app: d1
  name: d1
spec:
  replicas: 3
  selector:
    matchLabels:
      app: d1
  strategy: {}
  template:
    metadata:
      labels:
        app: d1
    spec:
      containers:
      - image: nginx:1.27
        name: nginx
        ports:
        - containerPort: 80
        resources: {}
status: {}
`,
  ],
  [
    'create service clusterip s1 --tcp=80:8080',
    `apiVersion: v1
kind: Service
metadata:
  labels:
    app: s1
  name: s1
spec:
  ports:
  - name: 80-8080
    port: 80
    protocol: TCP
    targetPort: 8080
  selector:
    app: s1
  type: ClusterIP
status:
  loadBalancer: {}
`,
  ],
  [
    'create service nodeport s1 --tcp=80:8080 --node-port=30080',
    `apiVersion: v1
kind: Service
metadata:
  labels:
    app: s1
  name: s1
spec:
  ports:
  - name: 80-8080
    nodePort: 30080
    port: 80
    protocol: TCP
    targetPort: 8080
  selector:
    app: s1
  type: NodePort
status:
  loadBalancer: {}
`,
  ],
  [
    'create svc loadbalancer s1 --tcp=80',
    `apiVersion: v1
kind: Service
metadata:
  labels:
    app: s1
  name: s1
spec:
  ports:
  - name: "80"
    port: 80
    protocol: TCP
    targetPort: 80
  selector:
    app: s1
  type: LoadBalancer
status:
  loadBalancer: {}
`,
  ],
  [
    'create service externalname s1 --external-name=example.com',
    `apiVersion: v1
kind: Service
metadata:
  labels:
    app: s1
  name: s1
spec:
  externalName: example.com
  selector:
    app: s1
  type: ExternalName
status:
  loadBalancer: {}
`,
  ],
  [
    'create configmap c1 --from-literal=a=b --from-literal=n=1',
    `apiVersion: v1
data:
  a: b
  "n": "1"
kind: ConfigMap
metadata:
  name: c1
`,
  ],
  [
    'create secret generic c1 --from-literal=a=b',
    `apiVersion: v1
data:
  a: Yg==
kind: Secret
metadata:
  name: c1
`,
  ],
  [
    'create namespace n1',
    `apiVersion: v1
kind: Namespace
metadata:
  name: n1
spec: {}
status: {}
`,
  ],
  [
    'create serviceaccount sa1',
    `apiVersion: v1
kind: ServiceAccount
metadata:
  name: sa1
`,
  ],
  [
    'create ingress i1 --class=nginx --rule=host/api*=api:80 --rule=host/x=api:http,tls=sec',
    `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: i1
spec:
  ingressClassName: nginx
  rules:
  - host: host
    http:
      paths:
      - backend:
          service:
            name: api
            port:
              number: 80
        path: /api
        pathType: Prefix
      - backend:
          service:
            name: api
            port:
              name: http
        path: /x
        pathType: Exact
  tls:
  - hosts:
    - host
    secretName: sec
status:
  loadBalancer: {}
`,
  ],
  [
    'create job j1 --image=busybox -- date',
    `apiVersion: batch/v1
kind: Job
metadata:
  name: j1
spec:
  template:
    metadata: {}
    spec:
      containers:
      - command:
        - date
        image: busybox
        name: j1
        resources: {}
      restartPolicy: Never
status: {}
`,
  ],
  [
    "create cronjob j1 --image=busybox '--schedule=*/1 * * * *' -- date",
    `apiVersion: batch/v1
kind: CronJob
metadata:
  name: j1
spec:
  jobTemplate:
    metadata:
      name: j1
    spec:
      template:
        metadata: {}
        spec:
          containers:
          - command:
            - date
            image: busybox
            name: j1
            resources: {}
          restartPolicy: OnFailure
  schedule: '*/1 * * * *'
status: {}
`,
  ],
  [
    'expose svc api --name=web --port=80 --type=NodePort',
    `apiVersion: v1
kind: Service
metadata:
  labels:
    app: web
  name: web
spec:
  ports:
  - port: 80
    protocol: TCP
    targetPort: 80
  selector:
    app: web
  type: NodePort
status:
  loadBalancer: {}
`,
  ],
  [
    'expose pod x',
    `apiVersion: v1
kind: Service
metadata:
  labels:
    app: x
  name: x
spec:
  ports:
  - name: port-1
    port: 80
    protocol: TCP
    targetPort: 80
  - name: port-2
    port: 53
    protocol: UDP
    targetPort: 53
  selector:
    app: x
status:
  loadBalancer: {}
`,
  ],
];

describe('an object that a command makes', () => {
  it.each(CASES)('%s', (line, yaml) => {
    const words = line.split(' -- ');
    const flagged = [`${words[0] ?? ''} --dry-run=client -o yaml`, ...words.slice(1)].join(' -- ');
    expect(commands(server, flagged).answer).toEqual({ status: 0, out: yaml, err: '' });
  });

  it.each(CASES.filter(([line]) => !line.includes('-n shop')).map(([line]) => [line]))('is in the manifest after %s', (line) => {
    const { answer, after } = commands(server, line);
    expect(answer).toMatchObject({ status: 0, err: '' });
    expect(after.manifest.startsWith(TEXT)).toBe(true);
    expect(after.manifest.slice(TEXT.length)).not.toMatch(/status|\{\}/);
    expect(writtenObjects(after.manifest).objects).toHaveLength(3);
    expect(after.loaded.snapshot.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('of `run --expose` comes after its Service', () => {
    expect(printed('run p2 --image=nginx --port=80 --expose').out).toMatch(
      /^apiVersion: v1\nkind: Service\n(?:.*\n)*---\napiVersion: v1\nkind: Pod\n/,
    );
  });
});

it.each([
  ['', ''],
  ['b', 'Yg=='],
  ['ab', 'YWI='],
  ['abc', 'YWJj'],
  ['é€😀', 'w6nigqzwn5iA'],
])('base64 of %j', (text, encoded) => {
  expect(base64(text)).toBe(encoded);
});
