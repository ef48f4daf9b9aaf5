// How containers come, run and end, as one sees it at a terminal while the clock goes on.

import { describe, expect, it } from 'vitest';
import { beginLive, known, liveServer, load, seek } from '../../engine/index';
import { newTerminal, run, type Terminal } from '../terminal';

/** A terminal whose clock can be moved on. */
function begin(text = '') {
  let terminal: Terminal = newTerminal(liveServer(beginLive(load(text), text)));
  const type = (line: string) => {
    const answer = run(terminal, line);
    terminal = answer.terminal;
    return answer;
  };
  const wait = (seconds: number): void => {
    const { live } = terminal.session.server;
    if (live === null) throw new Error('no time passes here');
    const server = liveServer(seek(known(live, live.at + seconds * 1000), live.at + seconds * 1000));
    terminal = { ...terminal, session: { ...terminal.session, server } };
  };
  const apply = (manifest: string) => type(`kubectl apply -f - <<'EOF'\n${manifest}\nEOF`);
  /** READY, STATUS and RESTARTS of a Pod. */
  const pod = (name: string): string => {
    const [line = ''] = type(`kubectl get pod ${name} --no-headers`).out.split('\n');
    return line
      .split(/\s{2,}|\s+\(/)
      .slice(1, 4)
      .join(' ');
  };
  return { type, wait, apply, pod };
}

it('shows how many init containers are done, while one of them runs behind a sidecar', () => {
  const { apply, wait, pod } = begin();
  apply(`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  initContainers:
    - { name: logs, image: fluentd, restartPolicy: Always, ports: [{ containerPort: 24224 }], startupProbe: { tcpSocket: { port: 24224 }, periodSeconds: 1 } }
    - { name: migrate, image: busybox, command: [sleep, '20'] }
  containers: [{ name: main, image: nginx }]`);
  wait(12);
  expect(pod('web')).toBe('1/2 Init:1/2 0');
  wait(20);
  expect(pod('web')).toBe('2/2 Running 0');
});

it.each(['fluentd', 'redis'])('lets a sidecar that declares no port answer its startup probe: %s', (image) => {
  const { apply, wait, pod } = begin();
  const port = image === 'redis' ? 6379 : 24224;
  apply(`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  initContainers: [{ name: side, image: ${image}, restartPolicy: Always, startupProbe: { tcpSocket: { port: ${port} }, periodSeconds: 1 } }]
  containers: [{ name: main, image: nginx }]`);
  wait(15);
  expect(pod('web')).toBe('2/2 Running 0');
});

it('asks each container of a Pod by itself what it listens on, and lets each end by itself', () => {
  const { apply, wait, type } = begin();
  apply(`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers: [{ name: cache, image: redis, ports: [{ containerPort: 6379 }] }, { name: web, image: nginx }]`);
  type('kubectl run client --image=busybox -- sleep infinity');
  wait(15);
  const asks = (): number => type('kubectl exec client -- wget -qO- -T 1 $(kubectl get pod web -o jsonpath={.status.podIP})').status;
  expect(asks()).toBe(0);
  type('kubectl exec web -c cache -- sh -c "kill 1"');
  expect(asks()).toBe(0);
  type('kubectl exec web -c web -- sh -c "kill 1"');
  expect(asks()).toBe(1);
});

const SLEEPER =
  'apiVersion: v1\nkind: Pod\nmetadata: { name: client }\nspec: { containers: [{ name: main, image: busybox, command: [sleep, "36000"] }] }';

describe('who does not hear SIGTERM', () => {
  it('stays Terminating for as long as the Pod grants, and is killed', () => {
    const { apply, wait, pod, type } = begin();
    apply(SLEEPER);
    wait(10);
    type('kubectl delete pod client --wait=false');
    wait(28);
    expect(pod('client')).toBe('1/1 Terminating 0');
    wait(4);
    expect(type('kubectl get pod client').err).toContain('not found');
  });

  it('goes at once where no grace is given, as does a server that hears it', () => {
    const { type, wait } = begin();
    type('kubectl run web --image=nginx');
    type('kubectl run client --image=busybox -- sleep 36000');
    wait(10);
    type('kubectl delete pod client --grace-period=1 --wait=false');
    type('kubectl delete pod web --wait=false');
    wait(3);
    expect(type('kubectl get pods').err).toContain('No resources found');
  });

  it('that fails its liveness probe has its whole grace as well, and leaves 137', () => {
    const { apply, wait, pod, type } = begin();
    const probe = 'livenessProbe: { tcpSocket: { port: 80 }, periodSeconds: 1, failureThreshold: 1 }';
    apply(SLEEPER.replace(']', `], ${probe}`));
    wait(25);
    expect(pod('client')).toBe('1/1 Running 0');
    wait(15);
    expect(pod('client')).toMatch(/^1\/1 Running 1/);
    expect(type('kubectl get pod client -o jsonpath={.status.containerStatuses[0].lastState.terminated.exitCode}').out).toBe('137');
  });
});

describe('a program that ends', () => {
  it('is told of by its Pod: in a loop where it is started again, else as it ended', () => {
    const { type, wait, pod } = begin();
    type('kubectl run bb --image=busybox');
    type('kubectl run once --image=busybox --restart=Never -- echo hi');
    type('kubectl run bad --image=busybox --restart=Never --command -- sh -c "sleep 1; exit 3"');
    type('kubectl run loop --image=busybox -- sh -c "exit 1"');
    type('kubectl run stays --image=busybox -- sh -c "while true; do date; sleep 1; done"');
    type('kubectl run server --image=nginx');
    wait(9);
    expect(['once', 'bad', 'stays', 'server'].map(pod)).toEqual(['0/1 Completed 0', '0/1 Error 0', '1/1 Running 0', '1/1 Running 0']);
    wait(3);
    expect(['bb', 'loop'].map(pod)).toEqual(['0/1 CrashLoopBackOff 1', '0/1 CrashLoopBackOff 1']);
    expect(type('kubectl get pod bad -o jsonpath={.status.containerStatuses[0].state.terminated.exitCode}').out).toBe('3');
  });

  it('has ended in a cluster at rest as well, where nobody starts it again', () => {
    const of = (name: string, command: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { restartPolicy: Never, containers: [{ name: main, image: busybox, command: ${command} }] }`;
    const { pod, wait } = begin([of('good', '[echo, hi]'), of('bad', '[sh, -c, exit 1]'), of('stays', '[sleep, "3600"]')].join('\n---\n'));
    const all = () => ['good', 'bad', 'stays'].map(pod);
    expect(all()).toEqual(['0/1 Completed 0', '0/1 Error 0', '1/1 Running 0']);
    wait(30);
    expect(all()).toEqual(['0/1 Completed 0', '0/1 Error 0', '1/1 Running 0']);
  });

  it('fails the Job that it is the work of', () => {
    const { type, wait } = begin();
    type('kubectl create job bad --image=busybox -- sh -c "exit 1"');
    type('kubectl create job good --image=busybox -- sh -c "echo hi"');
    wait(10);
    expect(
      type('kubectl get jobs --no-headers')
        .out.split('\n')
        .map((line) => line.split(/\s+/).slice(0, 3).join(' ')),
    ).toEqual(expect.arrayContaining(['bad Running 0/1', 'good Complete 1/1']));
    expect(type('kubectl get pods -l job-name=bad').out).toContain('Error');
  });

  it('waits for what is typed where its input is open', () => {
    const { type, wait, pod } = begin();
    type('kubectl run shell -it --image=busybox -- sh');
    type('exit');
    expect(type('kubectl run tmp --rm -it --image=busybox --restart=Never -- nslookup kubernetes').screen).toContain('10.');
    wait(5);
    expect(pod('shell')).toBe('1/1 Running 0');
  });
});

describe('the Event of a probe that fails', () => {
  const probed = (probe: string, more = ''): string => {
    const { apply, wait, type } = begin();
    const image = `image: nginx, ports: [{ containerPort: 80, name: http }], readinessProbe: { ${probe}, periodSeconds: 1 }`;
    apply(`apiVersion: v1\nkind: Pod\nmetadata: { name: web${more} }\nspec: { containers: [{ name: main, ${image} }] }`);
    wait(12);
    const ip = type('kubectl get pod web -o jsonpath={.status.podIP}').out;
    const events = type('kubectl get events --field-selector reason=Unhealthy -o jsonpath={.items[*].message}').out;
    return events.replaceAll(ip, 'IP');
  };
  const refused = 'dial tcp IP:81: connect: connection refused';

  it.each([
    ['httpGet: { path: /healthz, port: 81 }', '', `Readiness probe failed: Get "http://IP:81/healthz": ${refused}`],
    ['tcpSocket: { port: 81 }', '', `Readiness probe failed: ${refused}`],
    ['grpc: { port: 81 }', '', 'Readiness probe failed: timeout: failed to connect service "IP:81" within 1s: context deadline exceeded'],
    [
      'httpGet: { port: http, scheme: HTTPS }',
      '',
      'Readiness probe failed: Get "https://IP:80/": http: server gave HTTP response to HTTPS client',
    ],
    ['httpGet: { port: nope }', '', 'Readiness probe errored and resulted in unknown state: strconv.Atoi: parsing "nope": invalid syntax'],
    [
      'httpGet: { port: 80 }',
      ', annotations: { kubehop.dev/health: hang@1s }',
      'Readiness probe failed: Get "http://IP:80/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    ],
    ['exec: { command: [check] }', ', annotations: { kubehop.dev/health: "500" }', 'Readiness probe failed: '],
  ])('says what was asked: %s%s', (probe, more, message) => {
    expect(probed(probe, more)).toContain(message);
  });

  it('counts neither way where there is nothing to ask: no restart for a liveness probe, no readiness for the other', () => {
    const { apply, wait, pod } = begin();
    const of = (name: string, role: string) =>
      apply(
        `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { containers: [{ name: main, image: nginx, ${role}: { httpGet: { port: nope }, periodSeconds: 1 } }] }`,
      );
    of('live', 'livenessProbe');
    of('ready', 'readinessProbe');
    wait(30);
    expect([pod('live'), pod('ready')]).toEqual(['1/1 Running 0', '0/1 Running 0']);
  });
});

describe('a Pod whose ConfigMap or Secret is not there', () => {
  const pod = (spec: string, container = ''): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { ${spec}containers: [{ name: main, image: nginx${container} }] }`;
  const MAP = 'kubectl create configmap nope --from-literal=a=b';
  const SECRET = 'kubectl create secret generic nope --from-literal=a=b';

  it.each([
    [', envFrom: [{ configMapRef: { name: nope } }]', 'configmap "nope" not found', MAP],
    [', env: [{ name: A, valueFrom: { secretKeyRef: { name: nope, key: a } } }]', 'secret "nope" not found', SECRET],
  ])('waits with a container of its variables, and starts once it is: %s', (container, why, mends) => {
    const { apply, wait, pod: shown, type } = begin();
    apply(pod('', container));
    wait(30);
    expect(shown('web')).toBe('0/1 CreateContainerConfigError 0');
    expect(type('kubectl get events --field-selector reason=Failed').out).toContain(`Error: ${why}`);
    expect(type(mends).status).toBe(0);
    wait(20);
    expect(shown('web')).toBe('1/1 Running 0');
  });

  it.each([
    ['volumes: [{ name: v, configMap: { name: nope } }], ', 'configmap "nope" not found', MAP],
    ['volumes: [{ name: v, secret: { secretName: nope } }], ', 'secret "nope" not found', SECRET],
  ])('has no address while a volume of it cannot be filled: %s', (spec, why, mends) => {
    const { apply, wait, pod: shown, type } = begin();
    apply(pod(spec));
    wait(30);
    expect(shown('web')).toBe('0/1 ContainerCreating 0');
    expect(type('kubectl get pod web -o jsonpath={.status.podIP}').out).toBe('');
    expect(type('kubectl get events --field-selector reason=FailedMount').out).toContain(
      `MountVolume.SetUp failed for volume "v" : ${why}`,
    );
    type(mends);
    wait(60);
    expect(shown('web')).toBe('1/1 Running 0');
  });

  it('can be deleted, and needs nothing that is optional', () => {
    const { apply, wait, pod: shown, type } = begin();
    apply(pod('volumes: [{ name: v, configMap: { name: nope } }], '));
    wait(10);
    type('kubectl delete pod web');
    expect(type('kubectl get pod web').err).toContain('not found');
    apply(pod('', ', envFrom: [{ configMapRef: { name: nope, optional: true } }]'));
    wait(10);
    expect(shown('web')).toBe('1/1 Running 0');
  });
});
