// What `kubectl get` prints of objects as an API server has them: measured lines of the real tool are marked M.

import { describe, expect, it } from 'vitest';
import type { JsonMap } from '../engine/index';
import { ago, lines, meta, NOW, runOn, serverOf } from './server.test-support';

function pod(name: string, age: number, status: JsonMap = {}): JsonMap {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta(name, age, { labels: { app: 'web', tier: 'front' } }),
    spec: { nodeName: 'node-1', containers: [{ name: 'web', image: 'nginx:1.27' }] },
    status: { phase: 'Running', containerStatuses: [{ name: 'web', ready: true, restartCount: 0, state: { running: {} } }], ...status },
  };
}

const SERVICE: JsonMap = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: meta('web', 191, { labels: { app: 'web' } }),
  spec: { type: 'NodePort', clusterIP: '10.152.183.25', ports: [{ port: 80, nodePort: 30080, protocol: 'TCP' }] },
};

const restarted = {
  containerStatuses: [
    { name: 'web', ready: true, restartCount: 1, state: { running: {} }, lastState: { terminated: { exitCode: 1, finishedAt: ago(5) } } },
  ],
};
const server = serverOf([pod('web-5d4f8c7b9b-q7x2m', 101), pod('web-5d4f8c7b9b-zk4tp', 71, restarted), SERVICE]);

describe('a table', () => {
  it('has ages, restarts with their time, and names with their kind where there are two types (M)', () => {
    expect(runOn(server, 'get pods,svc -l app=web').out).toBe(
      lines(
        'NAME                       READY   STATUS    RESTARTS     AGE',
        'pod/web-5d4f8c7b9b-q7x2m   1/1     Running   0            101s',
        'pod/web-5d4f8c7b9b-zk4tp   1/1     Running   1 (5s ago)   71s',
        '',
        'NAME          TYPE       CLUSTER-IP      EXTERNAL-IP   PORT(S)        AGE',
        'service/web   NodePort   10.152.183.25   <none>        80:30080/TCP   3m11s',
      ),
    );
    expect(runOn(server, 'get pods --no-headers').out.split('\n')[0]).toBe('web-5d4f8c7b9b-q7x2m   1/1   Running   0            101s');
  });

  it('adds columns of labels, which none may have', () => {
    expect(runOn(server, 'get pods web-5d4f8c7b9b-q7x2m -L tier,example.org/nope --show-labels').out).toBe(
      lines(
        'NAME                   READY   STATUS    RESTARTS   AGE    TIER    NOPE     LABELS',
        'web-5d4f8c7b9b-q7x2m   1/1     Running   0          101s   front   <none>   app=web,tier=front',
      ),
    );
  });

  it.each([
    [-5, '<invalid>'],
    [-1, '0s'],
    [119, '119s'],
    [120, '2m'],
    [191, '3m11s'],
    [240, '4m'],
    [9000, '150m'],
    [5 * 3600 + 720, '5h12m'],
    [25 * 3600, '25h'],
    [3 * 86_400 + 4 * 3600, '3d4h'],
    [400 * 86_400, '400d'],
    [(2 * 365 + 35) * 86_400, '2y35d'],
    [9 * 365 * 86_400, '9y'],
  ])('tells an age of %i s as %s', (seconds, age) => {
    expect(
      runOn(serverOf([pod('a', seconds)]), 'get pods --no-headers')
        .out.trim()
        .split(/\s+/)
        .at(-1),
    ).toBe(age);
  });

  it('sorts by a path, and says when nothing is there to sort by', () => {
    const names = (line: string) => runOn(server, line).out;
    expect(names('get pods --sort-by=.metadata.creationTimestamp -o name')).toBe(
      lines('pod/web-5d4f8c7b9b-q7x2m', 'pod/web-5d4f8c7b9b-zk4tp'),
    );
    expect(names('get pods --sort-by={.status.containerStatuses[0].restartCount} --no-headers')).toMatch(/^web-5d4f8c7b9b-q7x2m/);
    expect(runOn(server, 'get pods --sort-by=.nope')).toMatchObject({
      status: 1,
      err: 'error: couldn\'t find any field with path "{.nope}" in the list of objects\n',
    });
  });

  it('selects by fields that the server knows, and refuses the others', () => {
    expect(runOn(server, 'get pods --field-selector status.phase=Running,spec.nodeName!=node-2 -o name').out.split('\n')).toHaveLength(3);
    expect(runOn(server, 'get pods --field-selector status.phase!=Running').err).toBe('No resources found in default namespace.\n');
    expect(runOn(server, 'get pods --field-selector spec.x=1').err).toBe(
      'Error from server (BadRequest): Unable to find "/v1, Resource=pods" that match label selector "", field selector "spec.x=1": field label not supported: spec.x\n',
    );
    expect(runOn(server, "get pods -l 'a b'").err).toBe(
      'Error from server (BadRequest): Unable to find "/v1, Resource=pods" that match label selector "a b", field selector "": unable to parse requirement: found \'b\', expected: in, notin, =, ==, !=, gt, lt\n',
    );
  });
});

describe('the STATUS of a Pod', () => {
  const status = (more: JsonMap, spec: JsonMap = {}) => {
    const one = pod('a', 0, more);
    const changed = { ...one, spec: { ...(typeof one.spec === 'object' ? one.spec : {}), ...spec } };
    return runOn(serverOf([changed]), 'get pods --no-headers')
      .out.trim()
      .split(/\s{2,}/)
      .slice(1, 4)
      .join(' ');
  };
  const waiting = (reason: string) => ({ name: 'web', ready: false, restartCount: 3, state: { waiting: { reason } } });
  const ended = (terminated: JsonMap) => ({ name: 'web', ready: false, restartCount: 0, state: { terminated } });
  const runs = { name: 'web', ready: true, restartCount: 0, state: { running: {} } };

  it.each<[string, JsonMap, JsonMap]>([
    ['0/1 CrashLoopBackOff 3', { containerStatuses: [waiting('CrashLoopBackOff')] }, {}],
    ['0/1 Error 0', { containerStatuses: [ended({ exitCode: 1, reason: 'Error' })] }, {}],
    ['0/1 ExitCode:2 0', { containerStatuses: [ended({ exitCode: 2 })] }, {}],
    ['0/1 Signal:9 0', { containerStatuses: [ended({ exitCode: 137, signal: 9 })] }, {}],
    ['0/1 Evicted 0', { phase: 'Failed', reason: 'Evicted', containerStatuses: [] }, {}],
    [
      '0/1 SchedulingGated 0',
      { phase: 'Pending', containerStatuses: [], conditions: [{ type: 'PodScheduled', reason: 'SchedulingGated' }] },
      {},
    ],
    [
      '0/1 Init:0/1 0',
      { phase: 'Pending', initContainerStatuses: [{ name: 'i', restartCount: 0, state: { running: {} } }] },
      { initContainers: [{ name: 'i' }] },
    ],
    [
      '0/1 Init:Error 0',
      {
        phase: 'Pending',
        initContainerStatuses: [{ name: 'i', restartCount: 0, state: { terminated: { exitCode: 1, reason: 'Error' } } }],
      },
      { initContainers: [{ name: 'i' }] },
    ],
    [
      '2/2 Running 0',
      {
        initContainerStatuses: [{ name: 'side', ready: true, started: true, restartCount: 0, state: { running: {} } }],
        containerStatuses: [runs],
      },
      { initContainers: [{ name: 'side', restartPolicy: 'Always' }] },
    ],
    ['1/1 NotReady 0', { containerStatuses: [ended({ exitCode: 0, reason: 'Completed' }), { ...runs, name: 'log' }] }, {}],
  ])('is %s', (shown, more, spec) => {
    expect(status(more, spec)).toBe(shown);
  });

  it('is Terminating while it is being deleted, unless it has ended', () => {
    const leaving = (phase: string) => {
      const one = pod('a', 9, { phase });
      return runOn(serverOf([{ ...one, metadata: meta('a', 9, { deletionTimestamp: ago(1) }) }]), 'get pods --no-headers').out;
    };
    expect(leaving('Running')).toContain('Terminating');
    expect(leaving('Succeeded')).not.toContain('Terminating');
  });
});

describe('the columns', () => {
  const made = (kind: string, apiVersion: string, more: JsonMap): JsonMap => ({ apiVersion, kind, metadata: meta('x', 60), ...more });
  const template = {
    spec: {
      containers: [
        { name: 'a', image: 'i:1' },
        { name: 'b', image: 'j:2' },
      ],
    },
  };
  const deleted = { ...made('Namespace', 'v1', { status: { phase: 'Active' } }), metadata: { name: 'x', creationTimestamp: ago(60) } };

  it.each<[string, JsonMap, readonly string[]]>([
    [
      'get sts -o wide',
      made('StatefulSet', 'apps/v1', { spec: { replicas: 3, template }, status: { readyReplicas: 1 } }),
      ['NAME   READY   AGE   CONTAINERS   IMAGES', 'x      1/3     60s   a,b          i:1,j:2'],
    ],
    [
      'get ds',
      made('DaemonSet', 'apps/v1', {
        spec: { template },
        status: { desiredNumberScheduled: 2, currentNumberScheduled: 2, numberReady: 1, updatedNumberScheduled: 2, numberAvailable: 1 },
      }),
      [
        'NAME   DESIRED   CURRENT   READY   UP-TO-DATE   AVAILABLE   NODE SELECTOR   AGE',
        'x      2         2         1       2            1           <none>          60s',
      ],
    ],
    [
      'get rc -o wide',
      made('ReplicationController', 'v1', { spec: { replicas: 2, selector: { b: '2', a: '1' }, template }, status: { replicas: 2 } }),
      [
        'NAME   DESIRED   CURRENT   READY   AGE   CONTAINERS   IMAGES    SELECTOR',
        'x      2         2         0       60s   a,b          i:1,j:2   a=1,b=2',
      ],
    ],
    [
      'get jobs',
      made('Job', 'batch/v1', { spec: { completions: 2, template }, status: { succeeded: 1, startTime: ago(50) } }),
      ['NAME   STATUS    COMPLETIONS   DURATION   AGE', 'x      Running   1/2           50s        60s'],
    ],
    [
      'get job',
      made('Job', 'batch/v1', {
        spec: { parallelism: 3, template },
        status: { conditions: [{ type: 'Complete', status: 'True' }], startTime: ago(50), completionTime: ago(45) },
      }),
      ['NAME   STATUS     COMPLETIONS   DURATION   AGE', 'x      Complete   0/1 of 3      5s         60s'],
    ],
    [
      'get cj',
      made('CronJob', 'batch/v1', { spec: { schedule: '0 3 * * *' }, status: { lastScheduleTime: ago(30), active: [{}] } }),
      [
        'NAME   SCHEDULE    TIMEZONE   SUSPEND   ACTIVE   LAST SCHEDULE   AGE',
        'x      0 3 * * *   <none>     False     1        30s             60s',
      ],
    ],
    [
      'get hpa',
      made('HorizontalPodAutoscaler', 'autoscaling/v2', {
        spec: {
          scaleTargetRef: { kind: 'Deployment', name: 'web' },
          minReplicas: 1,
          maxReplicas: 5,
          metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { averageUtilization: 80 } } }],
        },
      }),
      [
        'NAME   REFERENCE        TARGETS              MINPODS   MAXPODS   REPLICAS   AGE',
        'x      Deployment/web   cpu: <unknown>/80%   1         5         0          60s',
      ],
    ],
    [
      'get secrets',
      made('Secret', 'v1', { type: 'Opaque', data: { a: '', b: '' } }),
      ['NAME   TYPE     DATA   AGE', 'x      Opaque   2      60s'],
    ],
    ['get sa', made('ServiceAccount', 'v1', {}), ['NAME   SECRETS   AGE', 'x      0         60s']],
    ['get ns', deleted, ['NAME   STATUS   AGE', 'x      Active   60s']],
    [
      'get pvc',
      made('PersistentVolumeClaim', 'v1', {
        spec: { storageClassName: 'fast' },
        status: { phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' } },
      }),
      [
        'NAME   STATUS   VOLUME   CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS   AGE',
        'x      Bound             1Gi        RWO            fast           <unset>                 60s',
      ],
    ],
    [
      'get gtw',
      made('Gateway', 'gateway.networking.k8s.io/v1', {
        spec: { gatewayClassName: 'c' },
        status: { addresses: [{ value: '192.168.1.50' }], conditions: [{ type: 'Programmed', status: 'True' }] },
      }),
      ['NAME   CLASS   ADDRESS        PROGRAMMED   AGE', 'x      c       192.168.1.50   True         60s'],
    ],
    [
      'get httproutes',
      made('HTTPRoute', 'gateway.networking.k8s.io/v1', { spec: { hostnames: ['a.example', 'b.example'] } }),
      ['NAME   HOSTNAMES                   AGE', 'x      ["a.example","b.example"]   60s'],
    ],
    ['get ipaddresspools', made('IPAddressPool', 'metallb.io/v1beta1', {}), ['NAME   AGE', 'x      60s']],
    [
      'get events',
      made('Event', 'v1', {
        involvedObject: { kind: 'Pod', name: 'web-1' },
        type: 'Normal',
        reason: 'Pulled',
        message: 'Container image\nwas there',
        lastTimestamp: ago(22),
      }),
      ['LAST SEEN   TYPE     REASON   OBJECT      MESSAGE', '22s         Normal   Pulled   pod/web-1   Container image...'],
    ],
    [
      'get svc',
      made('Service', 'v1', { spec: { type: 'LoadBalancer', clusterIP: '10.0.0.1', ports: [] } }),
      ['NAME   TYPE           CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE', 'x      LoadBalancer   10.0.0.1     <pending>     <none>    60s'],
    ],
    [
      'get endpointslices',
      made('EndpointSlice', 'discovery.k8s.io/v1', {
        addressType: 'IPv4',
        ports: [{ port: 80 }, { port: 443 }],
        endpoints: [1, 2, 3, 4, 5].map((last) => ({ addresses: [`10.0.0.${last}`] })),
      }),
      [
        'NAME   ADDRESSTYPE   PORTS    ENDPOINTS                                AGE',
        'x      IPv4          80,443   10.0.0.1,10.0.0.2,10.0.0.3 + 2 more...   60s',
      ],
    ],
  ])('of %s', (line, object, table) => {
    expect(runOn(serverOf([object]), line).out).toBe(lines(...table));
  });
});

describe('nothing there', () => {
  it.each([
    [
      'get pods nope nope2',
      1,
      '',
      'Error from server (NotFound): pods "nope" not found\nError from server (NotFound): pods "nope2" not found\n',
    ],
    [
      'get pods nope nope2 -o name',
      1,
      '',
      'Error from server (NotFound): pods "nope" not found\nError from server (NotFound): pods "nope2" not found\n',
    ],
    ['get all web', 1, '', 'error: you must specify only one resource\n'],
    ['get pods.v1', 1, '', 'error: the server doesn\'t have a resource type "pods"\n'],
    ['get pod/a/b', 1, '', 'error: arguments in resource/name form may not have more than one slash\n'],
    ['get pods,svc -w', 1, '', 'error: you may only specify a single resource type\n'],
    ['get pods -A -l x=y', 0, '', 'No resources found\n'],
    ['get pods -l x=y -o yaml', 0, lines('apiVersion: v1', 'items: []', 'kind: List', 'metadata:', '  resourceVersion: ""'), ''],
    ['get nodes --ignore-not-found', 0, '', ''],
  ])('%s', (line, status, out, err) => {
    expect(runOn(server, line)).toEqual({ status, out, err });
  });
});

describe('-w', () => {
  const ready = (name: string) => pod(name, 10);
  const pending = { ...pod('b', 0, { phase: 'Pending', containerStatuses: [] }), metadata: meta('b', 0) };
  const living = serverOf(
    [ready('a')],
    [
      { now: NOW + 1000, objects: [ready('a'), pending] },
      { now: NOW + 3000, objects: [ready('a'), { ...pod('b', 0), metadata: meta('b', 0) }, SERVICE] },
      { now: NOW + 4000, objects: [{ ...pod('b', 0), metadata: meta('b', 0) }, SERVICE] },
      { now: NOW + 3_700_000, objects: [] },
    ],
  );

  it('appends a row for each change, also for a deletion, for an hour at most', () => {
    const answer = runOn(living, 'get pods -w');
    expect(answer.out).toBe(
      lines(
        'NAME   READY   STATUS    RESTARTS   AGE',
        'a      1/1     Running   0          10s',
        'b      0/1     Pending   0          1s',
        'b      1/1     Running   0          3s',
        'a      1/1     Running   0          14s',
      ),
    );
    expect(answer.server?.now).toBe(NOW + 4000);
  });

  it('names the events, begins late with --watch-only, and watches one object by its name', () => {
    expect(runOn(living, 'get pods --watch-only --output-watch-events --no-headers').out).toBe(
      lines(
        'ADDED   b     0/1   Pending   0     1s',
        'MODIFIED   b     1/1   Running   0     3s',
        'DELETED    a     1/1   Running   0     14s',
      ),
    );
    expect(runOn(living, 'get pod a -w -o name').out).toBe(lines('pod/a', 'pod/a'));
    expect(runOn(living, 'get pods -w -o jsonpath={.metadata.name}').out).toBe('abba');
  });
});

describe('--raw', () => {
  it.each([
    ['/healthz', 'ok'],
    ['/readyz?verbose', '[+]ping ok\n[+]log ok\n[+]etcd ok\n[+]informer-sync ok\nreadyz check passed\n'],
  ])('answers %s', (path, out) => {
    expect(runOn(server, `get --raw=${path}`).out).toBe(out);
  });

  it('lists and gets by path, and knows no other', () => {
    expect(JSON.parse(runOn(server, 'get --raw /api/v1/namespaces/default/pods').out).items).toHaveLength(2);
    expect(JSON.parse(runOn(server, 'get --raw /api/v1/namespaces/default/services/web').out).kind).toBe('Service');
    expect(runOn(server, 'get --raw /nope').err).toBe('Error from server (NotFound): the server could not find the requested resource\n');
  });
});

it('warns of a short name that two types have, once (M)', () => {
  const warning = 'Warning: short name "ev" could also match lower priority resource events.events.k8s.io\n';
  expect(runOn(server, 'get ev').err).toBe(`${warning}No resources found in default namespace.\n`);
  expect(runOn(server, 'get ev/a ev/b --ignore-not-found').err).toBe(warning);
  expect(runOn(server, 'get events').err).toBe('No resources found in default namespace.\n');
});
