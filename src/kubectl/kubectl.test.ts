// What `kubectl get` prints on a settled cluster: the tables, texts and exit statuses of the real tool.

import { describe, expect, it } from 'vitest';
import { beginLive, liveServer, load, settledServer } from '../engine/index';
import { kubectl } from './kubectl';
import { newSession } from './session';

const TEXT = `
apiVersion: v1
kind: Pod
metadata: { name: web-1, labels: { app: web, tier: front } }
spec: { nodeName: node-1, containers: [{ name: web, image: nginx:1.27, ports: [{ containerPort: 80 }] }] }
status: { podIP: 10.1.1.10 }
---
apiVersion: v1
kind: Pod
metadata: { name: log, labels: { app: log } }
spec: { nodeName: node-2, containers: [{ name: log, image: busybox }] }
status: { podIP: 10.1.2.20 }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: NodePort, clusterIP: 10.152.183.25, selector: { app: web }, ports: [{ port: 80, nodePort: 30080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: nobody }
spec: { clusterIP: None, selector: { app: nobody }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: api } }
  template: { metadata: { labels: { app: api } }, spec: { containers: [{ name: api, image: "api:1" }] } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: shut, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
data: { a: "1", b: "2" }
`;

const server = settledServer(load(TEXT), TEXT);

const words = (line: string) => (line.match(/'[^']*'|[^\s]+/g) ?? []).map((word) => word.replace(/^'|'$/g, ''));
const run = (line: string) => kubectl(newSession(server), words(line));
const table = (...lines: string[]) => `${lines.join('\n')}\n`;

describe('kubectl get', () => {
  it('lists the Pods of the namespace default by name', () => {
    expect(run('get pods')).toEqual({
      status: 0,
      out: table(
        'NAME    READY   STATUS    RESTARTS   AGE',
        'log     1/1     Running   0          0s',
        'web-1   1/1     Running   0          0s',
      ),
      err: '',
    });
  });

  it('adds address and node with -o wide', () => {
    expect(run('get po web-1 -owide').out).toBe(
      table(
        'NAME    READY   STATUS    RESTARTS   AGE   IP          NODE     NOMINATED NODE   READINESS GATES',
        'web-1   1/1     Running   0          0s    10.1.1.10   node-1   <none>           <none>',
      ),
    );
  });

  it('prefixes names as soon as there are two types, with an empty line between the tables', () => {
    expect(run('get pods,svc -l app=web').out).toBe(
      table('NAME        READY   STATUS    RESTARTS   AGE', 'pod/web-1   1/1     Running   0          0s'),
    );
    expect(run('get pod/web-1 service/web').out).toBe(
      table(
        'NAME        READY   STATUS    RESTARTS   AGE',
        'pod/web-1   1/1     Running   0          0s',
        '',
        'NAME          TYPE       CLUSTER-IP      EXTERNAL-IP   PORT(S)        AGE',
        'service/web   NodePort   10.152.183.25   <none>        80:30080/TCP   0s',
      ),
    );
  });

  it('warns before it lists Endpoints, and has them for a selector that matches nothing too', () => {
    const { out, err } = run('get endpoints');
    expect(out).toMatch(
      /^NAME {9}ENDPOINTS {9,}AGE\nkubernetes {3}192\.168\.1\.10:\d+ +0s\nnobody {7}<none> +0s\nweb {10}10\.1\.1\.10:80 +0s\n$/,
    );
    expect(err).toBe('Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\n');
  });

  it('has Endpoints that are as old as their slices', () => {
    const live = newSession(liveServer(beginLive(load(TEXT), TEXT)));
    const ages = (type: string) => kubectl(live, ['get', type, '--no-headers']).out.match(/\S+$/gm);
    expect(ages('endpoints')).toEqual(ages('endpointslices'));
    expect(ages('endpoints')).toEqual(['5m', '5m', '5m']);
  });

  it('counts the Pods of a Deployment and leaves out empty types of `all`', () => {
    expect(run('-n shop get deploy -o wide').out).toBe(
      table(
        'NAME   READY   UP-TO-DATE   AVAILABLE   AGE   CONTAINERS   IMAGES   SELECTOR',
        'api    2/2     2            2           0s    api          api:1    app=api',
      ),
    );
    expect(run('get all -n shop -o name').out).toMatch(/^pod\/api-.*\npod\/api-.*\ndeployment.apps\/api\nreplicaset.apps\/api-.*\n$/);
  });

  it.each([
    ['get netpol -n shop', table('NAME   POD-SELECTOR   AGE', 'shut   <none>         0s')],
    ['get cm -n shop --no-headers', table('settings   2     0s')],
    ['get no --no-headers', table('node-1   Ready   <none>   0s    v1.36.0', 'node-2   Ready   <none>   0s    v1.36.0')],
    ['get pods log --show-labels --no-headers', table('log   1/1   Running   0     0s    app=log')],
    ['get pods -l app!=web -o name', table('pod/log')],
    ["get pods -l 'app in (web,x),!nothing' -o name", table('pod/web-1')],
    ["get pods -l 'app notin (web)' -o name", table('pod/log')],
    ["get pods -o 'jsonpath={.items[*].status.podIP}'", '10.1.2.20 10.1.1.10'],
    ['get svc web -o \'jsonpath={.spec.ports[0].nodePort}{"\\n"}\'', '30080\n'],
    ['get svc -A --no-headers -l k8s-app=kube-dns -o name', table('service/kube-dns')],
  ])('answers %s', (line, out) => {
    expect(run(line)).toEqual({ status: 0, out, err: '' });
  });

  it('writes YAML with its keys by the alphabet, and JSON that parses back', () => {
    expect(run('get svc nobody -o yaml').out).toMatch(
      /^apiVersion: v1\nkind: Service\nmetadata:\n {2}creationTimestamp: "2026-01-05T09:00:00Z"\n {2}name: nobody\n {2}namespace: default\n {2}uid: [0-9a-f-]{36}\nspec:\n/,
    );
    expect(run('get svc nobody -o yaml').out).toContain('  clusterIPs:\n  - None\n');
    expect(JSON.parse(run('get pods -o json').out)).toMatchObject({ kind: 'List', items: [{ kind: 'Pod' }, { kind: 'Pod' }] });
  });

  it.each([
    ['get pods -n nowhere', 0, 'No resources found in nowhere namespace.\n'],
    ['get ing -A', 0, 'No resources found\n'],
    ['get pods nope', 1, 'Error from server (NotFound): pods "nope" not found\n'],
    ['get deploy/x', 1, 'Error from server (NotFound): deployments.apps "x" not found\n'],
    ['get pods nope --ignore-not-found', 0, ''],
    ['get endpoint', 1, 'error: the server doesn\'t have a resource type "endpoint"\n'],
    ['get pods --all-namespace', 1, "error: unknown flag: --all-namespace\nSee 'kubectl get --help' for usage.\n"],
    ['get pods -z', 1, "error: unknown shorthand flag: 'z' in -z\nSee 'kubectl get --help' for usage.\n"],
    ['get pods -o jsonpath={.status.podIP', 1, 'error: error parsing jsonpath {.status.podIP, unclosed action\n'],
    ['gett pods', 1, 'error: unknown command "gett" for "kubectl"\n\nDid you mean this?\n\tset\n\tget\n'],
    ['cp web-1:/etc/hosts hosts', 2, 'kubectl cp is not simulated\n'],
    ['cp a b', 1, 'error: one of src or dest must be a remote file specification\n'],
  ])('refuses or says of %s with status %i', (line, status, err) => {
    expect(run(line)).toEqual({ status, out: '', err });
  });

  it('prints what is there before it misses the rest', () => {
    const { status, out, err } = run('get pods log nope -o name');
    expect([status, out, err]).toEqual([1, 'pod/log\n', 'Error from server (NotFound): pods "nope" not found\n']);
  });
});
