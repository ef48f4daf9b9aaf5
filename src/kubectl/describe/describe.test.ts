// What `kubectl describe` writes. The expected texts were written by the real tool for the same objects, but for what differs between
// its releases.

import { expect, describe as group, it } from 'vitest';
import { lines, runOn, serverWith } from '../server.test-support';
import { elasticTabs } from './elastic-tabs';
import { words } from './generic';

const MADE = 'creationTimestamp: "2026-11-21T03:47:14Z"';

const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: default, ${MADE}, labels: { app: web } }
spec:
  type: NodePort
  clusterIP: 10.152.183.25
  clusterIPs: [10.152.183.25]
  ipFamilies: [IPv4]
  ipFamilyPolicy: SingleStack
  selector: { app: web }
  ports: [{ port: 80, protocol: TCP, targetPort: http, nodePort: 30080 }]
  sessionAffinity: None
  externalTrafficPolicy: Cluster
  internalTrafficPolicy: Cluster
`;

const slice = (...ready: readonly boolean[]) => `---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-1, namespace: default, ${MADE}, labels: { kubernetes.io/service-name: web } }
addressType: IPv4
ports: [{ name: "", port: 8080, protocol: TCP }]
endpoints: ${JSON.stringify(ready.map((isReady, index) => ({ addresses: [`10.1.${index + 1}.11`], conditions: { ready: isReady } })))}
`;

const CRASHING = `
apiVersion: v1
kind: Pod
metadata:
  name: crash
  namespace: default
  ${MADE}
  labels: { b: "2", a: "1" }
  annotations: { x: y, multi: "a\\nb\\n", kubectl.kubernetes.io/last-applied-configuration: "{}" }
  ownerReferences: [{ kind: ReplicaSet, name: crash-1, controller: true }]
spec:
  nodeName: node-1
  priority: 0
  serviceAccountName: default
  containers:
    - name: c
      image: i:1
      command: [sh, -c, "echo a\\necho b"]
      ports: [{ containerPort: 80, name: http, protocol: TCP }, { containerPort: 443, protocol: TCP }]
      resources: { limits: { cpu: 1000m, memory: 1024Mi }, requests: { cpu: "0.5" } }
      readinessProbe: { httpGet: { path: /ready, port: http, scheme: HTTP }, periodSeconds: 5 }
      livenessProbe: { exec: { command: [cat, ok] }, initialDelaySeconds: 2 }
      envFrom: [{ configMapRef: { name: settings } }, { prefix: X_, secretRef: { name: pw, optional: true } }]
      env:
        - { name: M, value: "a\\nb" }
        - { name: POD, valueFrom: { fieldRef: { apiVersion: v1, fieldPath: metadata.name } } }
        - { name: IP, valueFrom: { fieldRef: { apiVersion: v1, fieldPath: status.podIP } } }
        - { name: CPU, valueFrom: { resourceFieldRef: { resource: limits.cpu } } }
        - { name: KEY, valueFrom: { secretKeyRef: { name: pw, key: k } } }
      volumeMounts: [{ mountPath: /z, name: v }, { mountPath: /a, name: v, readOnly: true, subPath: s }]
  volumes: [{ name: v, emptyDir: { sizeLimit: 1Gi, medium: Memory } }, { name: conf, configMap: { name: settings } }]
  nodeSelector: { zone: a }
  tolerations:
    - { key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute, tolerationSeconds: 300 }
    - { key: k, operator: Equal, value: v, effect: NoSchedule }
status:
  phase: Running
  hostIP: 192.168.1.10
  podIP: 10.1.1.11
  podIPs: [{ ip: 10.1.1.11 }]
  startTime: "2026-11-21T03:47:15Z"
  conditions: [{ type: Initialized, status: "True" }, { type: Ready, status: "False" }]
  containerStatuses:
    - name: c
      ready: false
      restartCount: 3
      containerID: containerd://1
      imageID: i@sha256:1
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 137, reason: OOMKilled, startedAt: "2026-11-21T03:49:00Z", finishedAt: "2026-11-21T03:49:23Z" } }
---
apiVersion: v1
kind: Event
metadata: { name: crash.1, namespace: default, ${MADE} }
involvedObject: { kind: Pod, name: crash, namespace: default }
type: Warning
reason: BackOff
message: "Back-off restarting failed container\\n"
source: { component: kubelet, host: node-1 }
firstTimestamp: "2026-11-21T03:47:58Z"
lastTimestamp: "2026-11-21T03:49:23Z"
count: 4
---
apiVersion: v1
kind: Event
metadata: { name: crash.2, namespace: default, ${MADE} }
involvedObject: { kind: Pod, name: crash, namespace: default }
type: Normal
reason: Scheduled
message: Successfully assigned default/crash to node-1
source: { component: default-scheduler }
firstTimestamp: "2026-11-21T03:47:14Z"
lastTimestamp: "2026-11-21T03:47:14Z"
count: 1
`;

group('describe service', () => {
  it('has every field in line (M)', () => {
    expect(runOn(serverWith(SERVICE + slice(true, true)), 'describe svc web').out).toBe(
      lines(
        'Name:                     web',
        'Namespace:                default',
        'Labels:                   app=web',
        'Annotations:              <none>',
        'Selector:                 app=web',
        'Type:                     NodePort',
        'IP Family Policy:         SingleStack',
        'IP Families:              IPv4',
        'IP:                       10.152.183.25',
        'IPs:                      10.152.183.25',
        'Port:                     <unset>  80/TCP',
        'TargetPort:               http/TCP',
        'NodePort:                 <unset>  30080/TCP',
        'Endpoints:                10.1.1.11:8080,10.1.2.11:8080',
        'Session Affinity:         None',
        'External Traffic Policy:  Cluster',
        'Internal Traffic Policy:  Cluster',
        'Events:                   <none>',
      ),
    );
  });

  it.each([
    ['no slice at all', '', '<none>'],
    ['a slice without endpoints', slice(), ''],
    ['a slice with none that is ready', slice(false), ''],
    [
      'three ready and one that is not behind them',
      slice(true, true, true, false),
      '10.1.1.11:8080,10.1.2.11:8080,10.1.3.11:8080 + 0 more...',
    ],
    ['five', slice(true, true, true, true, true), '10.1.1.11:8080,10.1.2.11:8080,10.1.3.11:8080 + 2 more...'],
  ])('tells the endpoints of %s (M)', (_, text, endpoints) => {
    expect(runOn(serverWith(SERVICE + text), 'describe svc web').out).toContain(`Endpoints:                ${endpoints}\n`);
  });
});

group('describe pod', () => {
  it('tells of its containers, how they ended, and what happened to it', () => {
    expect(runOn(serverWith(CRASHING), 'describe pod crash').out).toBe(
      lines(
        'Name:             crash',
        'Namespace:        default',
        'Priority:         0',
        'Service Account:  default',
        'Node:             node-1/192.168.1.10',
        'Start Time:       Sat, 21 Nov 2026 03:47:15 +0000',
        'Labels:           a=1',
        '                  b=2',
        'Annotations:      multi:',
        '                    a',
        '                    b',
        '                  x: y',
        'Status:           Running',
        'IP:               10.1.1.11',
        'IPs:',
        '  IP:           10.1.1.11',
        'Controlled By:  ReplicaSet/crash-1',
        'Containers:',
        '  c:',
        '    Container ID:  containerd://1',
        '    Image:         i:1',
        '    Image ID:      i@sha256:1',
        '    Ports:         80/TCP (http), 443/TCP',
        '    Host Ports:    0/TCP (http), 0/TCP',
        '    Command:',
        '      sh',
        '      -c',
        '      echo a',
        '      echo b',
        '    State:          Waiting',
        '      Reason:       CrashLoopBackOff',
        '    Last State:     Terminated',
        '      Reason:       OOMKilled',
        '      Exit Code:    137',
        '      Started:      Sat, 21 Nov 2026 03:49:00 +0000',
        '      Finished:     Sat, 21 Nov 2026 03:49:23 +0000',
        '    Ready:          False',
        '    Restart Count:  3',
        '    Limits:',
        '      cpu:     1',
        '      memory:  1Gi',
        '    Requests:',
        '      cpu:      500m',
        '    Liveness:   exec [cat ok] delay=2s timeout=1s period=10s #success=1 #failure=3',
        '    Readiness:  http-get http://:http/ready delay=0s timeout=1s period=5s #success=1 #failure=3',
        '    Environment Variables from:',
        '      settings  ConfigMap                Optional: false',
        "      pw        Secret with prefix 'X_'  Optional: true",
        '    Environment:',
        '      M:    a',
        '            b',
        '      POD:  crash (v1:metadata.name)',
        '      IP:    (v1:status.podIP)',
        '      CPU:  1 (limits.cpu)',
        "      KEY:  <set to the key 'k' in secret 'pw'>  Optional: false",
        '    Mounts:',
        '      /a from v (ro,path="s")',
        '      /z from v (rw)',
        'Conditions:',
        '  Type          Status',
        '  Initialized   True ',
        '  Ready         False ',
        'Volumes:',
        '  v:',
        "    Type:       EmptyDir (a temporary directory that shares a pod's lifetime)",
        '    Medium:     Memory',
        '    SizeLimit:  1Gi',
        '  conf:',
        '    Type:        ConfigMap (a volume populated by a ConfigMap)',
        '    Name:        settings',
        '    Optional:    false',
        'QoS Class:       Burstable',
        'Node-Selectors:  zone=a',
        'Tolerations:     k=v:NoSchedule',
        '                 node.kubernetes.io/not-ready:NoExecute op=Exists for 300s',
        'Events:',
        '  Type     Reason     Age                 From               Message',
        '  ----     ------     ----                ----               -------',
        '  Normal   Scheduled  2m41s               default-scheduler  Successfully assigned default/crash to node-1',
        '  Warning  BackOff    32s (x4 over 117s)  kubelet            Back-off restarting failed container',
      ),
    );
  });

  it('describes all whose names begin so, several with two empty lines between, and then no Events unless asked', () => {
    const server = serverWith(CRASHING);
    expect(runOn(server, 'describe pod cra').out).toMatch(/^Name: {13}crash\n[\s\S]*\n\n$/);
    expect(runOn(server, 'describe pod nope')).toEqual({
      status: 1,
      out: '',
      err: 'Error from server (NotFound): pods "nope" not found\n',
    });
    const both = serverWith(`${CRASHING}---${CRASHING.replace('name: crash\n', 'name: other\n')}`);
    expect(runOn(both, 'describe pods').out).toMatch(/Tolerations:[^\n]*\n[^\n]*for 300s\n\n\nName: {13}other/);
    expect(runOn(both, 'describe pods').out).not.toContain('Events:');
    expect(runOn(both, 'describe pods --show-events').out).toContain('BackOff');
    expect(runOn(server, 'describe svc')).toEqual({ status: 0, out: '', err: 'No resources found in default namespace.\n' });
  });
});

group('describe networkpolicy', () => {
  const policy = (spec: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: default, ${MADE.replace('47:14', '47:54')} }
spec: ${spec}
`;

  it('tells who is let in (M)', () => {
    const text = policy(`
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress, Egress]
  ingress:
    - ports: [{ port: 8080, protocol: TCP }]
      from:
        - podSelector: { matchLabels: { app: web } }
        - { namespaceSelector: { matchLabels: { team: a } }, podSelector: {} }
        - ipBlock: { cidr: 10.0.0.0/8, except: [10.9.0.0/16] }
    - {}`);
    expect(runOn(serverWith(text), 'describe netpol api').out).toBe(
      lines(
        'Name:         api',
        'Namespace:    default',
        'Created on:   2026-11-21 03:47:54 +0000 UTC',
        'Labels:       <none>',
        'Annotations:  <none>',
        'Spec:',
        '  PodSelector:     app=api',
        '  Allowing ingress traffic:',
        '    To Port: 8080/TCP',
        '    From:',
        '      PodSelector: app=web',
        '    From:',
        '      NamespaceSelector: team=a',
        '      PodSelector: <none>',
        '    From:',
        '      IPBlock:',
        '        CIDR: 10.0.0.0/8',
        '        Except: 10.9.0.0/16',
        '    ----------',
        '    To Port: <any> (traffic allowed to all ports)',
        '    From: <any> (traffic not restricted by source)',
        '  Allowing egress traffic:',
        '    <none> (Selected pods are isolated for egress connectivity)',
        '  Policy Types: Ingress, Egress',
      ),
    );
  });

  it('tells when it means every Pod, and which direction it leaves alone', () => {
    const { out } = runOn(serverWith(policy('{ podSelector: {}, policyTypes: [Ingress] }')), 'describe netpol api');
    expect(out).toContain('  PodSelector:     <none> (Allowing the specific traffic to all pods in this namespace)\n');
    expect(out).toContain('  Not affecting egress traffic\n  Policy Types: Ingress\n');
  });
});

group('describe', () => {
  it('shows of a Deployment its replicas and its ReplicaSets, by their templates', () => {
    const template = '{ metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: "nginx:1.27" }] } }';
    const set = (name: string, tag: string) => `---
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: ${name}, namespace: default, ${MADE}, ownerReferences: [{ kind: Deployment, name: web, controller: true }] }
spec: { replicas: 2, template: ${template.replace('app: web', `app: web, pod-template-hash: ${name}`).replace('1.27', tag)} }
status: { replicas: 2 }
`;
    const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: default, ${MADE} }
spec: { replicas: 2, selector: { matchLabels: { app: web } }, template: ${template} }
status: { replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2 }
`;
    const { out } = runOn(serverWith(deployment + set('web-1', '1.26') + set('web-2', '1.27')), 'describe deploy web');
    expect(out).toContain('Replicas:               2 desired | 2 updated | 2 total | 2 available | 0 unavailable\n');
    expect(out).toContain('RollingUpdateStrategy:  25% max unavailable, 25% max surge\n');
    expect(out).toMatch(/Pod Template:\n {2}Labels: {2}app=web\n {2}Containers:\n {3}web:\n {4}Image: {9}nginx:1\.27\n/);
    expect(out).toMatch(
      /OldReplicaSets: +web-1 \(2\/2 replicas created\)\nNewReplicaSet: +web-2 \(2\/2 replicas created\)\nEvents: +<none>\n$/,
    );
  });

  it('adds up what the Pods of a node ask for', () => {
    const node = `
apiVersion: v1
kind: Node
metadata: { name: node-1, ${MADE} }
spec: { taints: [{ key: k, value: v, effect: NoSchedule }] }
status: { allocatable: { cpu: "2", memory: 4Gi }, nodeInfo: { kubeletVersion: v1.36.0 } }
---
apiVersion: v1
kind: Pod
metadata: { name: a, namespace: default, ${MADE} }
spec: { nodeName: node-1, containers: [{ name: c, image: i, resources: { requests: { cpu: 100m, memory: 64Mi }, limits: { cpu: "1" } } }] }
status: { phase: Running }
`;
    const { out } = runOn(serverWith(node), 'describe node node-1');
    expect(out).toContain('Taints:             k=v:NoSchedule\n');
    expect(out).toContain(
      lines(
        'Non-terminated Pods:          (1 in total)',
        '  Namespace                   Name    CPU Requests  CPU Limits  Memory Requests  Memory Limits  Age',
        '  ---------                   ----    ------------  ----------  ---------------  -------------  ---',
        '  default                     a       100m (5%)     1 (50%)     64Mi (1%)        0 (0%)         2m41s',
        'Allocated resources:',
        '  (Total limits may be over 100 percent, i.e., overcommitted.)',
        '  Resource           Requests   Limits',
        '  --------           --------   ------',
        '  cpu                100m (5%)  1 (50%)',
        '  memory             64Mi (1%)  0 (0%)',
        '  ephemeral-storage  0 (0%)     0 (0%)',
      ),
    );
  });

  it('tells where the rules of an Ingress end, or why nowhere', () => {
    const ingress = `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: site, namespace: default, ${MADE} }
spec:
  ingressClassName: nginx
  tls: [{ hosts: [shop.local], secretName: tls }]
  rules:
    - host: shop.local
      http: { paths: [{ path: /, backend: { service: { name: web, port: { number: 80 } } } }, { path: /api, backend: { service: { name: api, port: { number: 80 } } } }] }
`;
    expect(runOn(serverWith(SERVICE + slice(true) + ingress), 'describe ing site').out).toContain(
      lines(
        'TLS:',
        '  tls terminates shop.local',
        'Rules:',
        '  Host        Path  Backends',
        '  ----        ----  --------',
        '  shop.local  ',
        '              /      web:80 (10.1.1.11:8080)',
        '              /api   api:80 (<error: services "api" not found>)',
        'Annotations:  <none>',
      ),
    );
  });

  it('writes every field of a kind that it does not know, and no value of a Secret', () => {
    const custom = `
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: { name: pool, namespace: metallb-system, ${MADE} }
spec: { addresses: [192.168.1.50-192.168.1.60], autoAssign: true }
---
apiVersion: v1
kind: Secret
metadata: { name: pw, namespace: default, ${MADE} }
data: { k: aGVsbG8= }
`;
    expect(runOn(serverWith(custom), 'describe ipaddresspool pool -n metallb-system').out).toBe(
      lines(
        'Name:         pool',
        'Namespace:    metallb-system',
        'Labels:       <none>',
        'Annotations:  <none>',
        'API Version:  metallb.io/v1beta1',
        'Kind:         IPAddressPool',
        'Metadata:',
        '  Creation Timestamp:  2026-11-21T03:47:14Z',
        'Spec:',
        '  Addresses:',
        '    192.168.1.50-192.168.1.60',
        '  Auto Assign:  true',
        'Events:         <none>',
      ),
    );
    expect(runOn(serverWith(custom), 'describe secret pw').out).toMatch(/\nType: {2}Opaque\n\nData\n====\nk: {2}5 bytes\n$/);
    expect(['podIPs', 'clusterIP', 'uid', 'apiVersion', 'app.kubernetes.io/name'].map(words)).toEqual([
      'Pod I Ps',
      'Cluster IP',
      'UID',
      'API Version',
      'app.kubernetes.io/name',
    ]);
  });
});

group('elastic tabs', () => {
  it('align lines that follow each other with a cell in the column, and no others', () => {
    expect(elasticTabs('a:\tx\nlong name:\ty\nalone\nb:\tz\n')).toBe(lines('a:          x', 'long name:  y', 'alone', 'b:  z'));
    expect(elasticTabs('a\t\tb\nlonger\tc\n')).toBe(lines('a         b', 'longer  c'));
  });
});
