// Commands on a cluster in which time passes: each waits as long as the real one would, and sees what the controllers made of the last one.

import { describe, expect, test } from 'vitest';
import { beginLive, known, liveServer, load, seek } from '../../engine/index';
import { commands } from './commands.test-support';

const WEB = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: nginx:1.27, ports: [{ containerPort: 80 }] }] }
`;

const run = (script: string, text = WEB) => commands(liveServer(beginLive(load(text), text)), script).answer;

describe('rollout status', () => {
  test('waits until the controller has seen the new template, and then for every step of the rollout', () => {
    const { out, status } = run('set image deployment/web web=nginx:1.28\nrollout status deployment/web');
    expect(status).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toBe('Waiting for deployment spec update to be observed...');
    expect(lines.at(-1)).toBe('deployment "web" successfully rolled out');
    expect(lines).toContain('Waiting for deployment "web" rollout to finish: 1 out of 3 new replicas have been updated...');
    expect(lines).toContain('Waiting for deployment "web" rollout to finish: 1 old replicas are pending termination...');
  });

  test('has nothing to wait for where the rollout is over', () => {
    expect(run('rollout status deployment/web').out).toBe('deployment "web" successfully rolled out\n');
  });
});

test('wait does not take a condition that speaks of the wish before', () => {
  const { after } = commands(liveServer(beginLive(load(WEB), WEB)), 'set image deployment/web web=nginx:1.28');
  const available = commands(after, 'wait --for=condition=Available deployment/web');
  expect(available.answer.out).toBe('deployment.apps/web condition met\n');
  expect(available.after.now).toBeGreaterThan(after.now);
});

describe('the cause of a change', () => {
  const history = (script: string) => run(`${script}\nrollout history deployment/web`).out;

  test('is what the Deployment was annotated with when the revision was the present one', () => {
    const script = `annotate deployment/web kubernetes.io/change-cause='first version'
rollout status deployment/web
set image deployment/web web=nginx:1.28
annotate deployment/web kubernetes.io/change-cause='nginx 1.28'
rollout status deployment/web`;
    expect(history(script)).toBe('deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         first version\n2         nginx 1.28\n\n');
  });

  test('is none where nobody gave one', () => {
    expect(history('set image deployment/web web=nginx:1.28\nrollout status deployment/web')).toBe(
      'deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n\n',
    );
  });

  test('comes back with the revision that is undone to', () => {
    const script = `annotate deployment/web kubernetes.io/change-cause='first version'
rollout status deployment/web
set image deployment/web web=nginx:1.28
annotate deployment/web kubernetes.io/change-cause='nginx 1.28'
rollout status deployment/web
rollout undo deployment/web
rollout status deployment/web`;
    expect(history(script)).toBe('deployment.apps/web \nREVISION  CHANGE-CAUSE\n2         nginx 1.28\n3         first version\n\n');
  });

  test.each(['statefulset', 'daemonset'])('of a %s stands in the revision that was made with it', (kind) => {
    const text = WEB.replace('kind: Deployment', `kind: ${kind === 'daemonset' ? 'DaemonSet' : 'StatefulSet'}`)
      .replace('metadata: { name: web }', 'metadata: { name: web, annotations: { kubernetes.io/change-cause: first } }')
      .replace(/ {2}replicas: 3\n/, kind === 'daemonset' ? '' : '  replicas: 1\n  serviceName: web\n');
    const script = `annotate ${kind}/web kubernetes.io/change-cause=second
set image ${kind}/web web=nginx:1.28
rollout status ${kind}/web
rollout history ${kind}/web`;
    expect(run(script, text).out.split('\n').slice(-4)).toEqual(['1         first', '2         second', '', '']);
  });
});

describe('drain', () => {
  const SPREAD = WEB.replace('replicas: 3', 'replicas: 4').replace(
    'ports: [{ containerPort: 80 }]',
    'ports: [{ containerPort: 80 }], readinessProbe: { tcpSocket: { port: 80 }, initialDelaySeconds: 5, periodSeconds: 1 }',
  );
  const budget = (what: string, name = 'web') => `---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: ${name} }
spec: { ${what}, selector: { matchLabels: { app: web } } }
`;
  const drained = (text: string, flags = '') => run(`drain node-1 --ignore-daemonsets ${flags}`, text);
  const own = (text: string) => text.split('\n').filter((line) => line.includes('web-'));

  test('lets the Pods of a node go together where no budget speaks of them', () => {
    const { out, err, status } = drained(SPREAD);
    expect([status, own(err)]).toEqual([0, []]);
    expect(own(out).map((line) => line.replace(/web-\S+/, 'X'))).toEqual([
      'evicting pod default/X',
      'evicting pod default/X',
      'pod/X evicted',
      'pod/X evicted',
    ]);
  });

  test('asks again every five seconds for a Pod that its budget holds, until another one is ready in its stead', () => {
    const { out, err, status } = drained(SPREAD + budget('maxUnavailable: 1'));
    const refusals = own(err);
    expect(status).toBe(0);
    expect(refusals.length).toBeGreaterThanOrEqual(1);
    for (const line of refusals)
      expect(line).toMatch(
        /^error when evicting pods\/"web-\S+" -n "default" \(will retry after 5s\): Cannot evict pod as it would violate the pod's disruption budget\.$/,
      );
    expect(own(out).filter((line) => line.startsWith('evicting'))).toHaveLength(2 + refusals.length);
    expect(own(out).filter((line) => line.endsWith(' evicted'))).toHaveLength(2);
    expect(out.trimEnd().split('\n').at(-1)).toBe('node/node-1 drained');
  });

  test('does not get past a budget that allows nothing, and says so when the time is over', () => {
    const { out, err, status } = drained(SPREAD + budget('minAvailable: "100%"'), '--timeout=30s');
    expect(status).toBe(1);
    expect(out).not.toContain('drained');
    expect(own(out).filter((line) => line.endsWith(' evicted'))).toEqual([]);
    expect(err).toMatch(/error when evicting pods\/"web-\S+" -n "default": global timeout reached: 30s/);
    expect(err).toContain('There are pending nodes to be drained:\n node-1\n');
  });

  test('goes past any budget where it deletes instead of evicting', () => {
    const { out, err, status } = drained(SPREAD + budget('minAvailable: "100%"'), '--disable-eviction');
    expect([status, own(err)]).toEqual([0, []]);
    expect(own(out).map((line) => line.replace(/web-\S+/, 'X'))).toEqual(['pod/X deleted', 'pod/X deleted']);
  });

  test('is refused for a Pod of which two budgets speak', () => {
    const { err, status } = drained(SPREAD + budget('maxUnavailable: 1') + budget('maxUnavailable: 1', 'other'));
    expect(status).toBe(1);
    expect(err).toContain('This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.');
  });

  test('finds in a budget how many may go', () => {
    const row = (what: string) =>
      run('get pdb web', SPREAD + budget(what))
        .out.split('\n')[1]
        ?.split(/ {2,}/)
        .slice(1, 4);
    expect(row('maxUnavailable: 1')).toEqual(['N/A', '1', '1']);
    expect(row('minAvailable: "50%"')).toEqual(['50%', 'N/A', '2']);
    expect(row('minAvailable: 4')).toEqual(['4', 'N/A', '0']);
  });
});

describe('rollout undo', () => {
  const SETS = ['StatefulSet', 'DaemonSet'] as const;

  test.each(SETS)('goes back to the template of the revision before, of a %s', (kind) => {
    const text = WEB.replace('kind: Deployment', `kind: ${kind}`).replace(
      '  replicas: 3\n',
      kind === 'DaemonSet' ? '' : '  replicas: 1\n  serviceName: web\n',
    );
    const name = `${kind.toLowerCase()}/web`;
    const script = `set image ${name} web=nginx:1.28\nrollout status ${name}\nrollout undo ${name}\nrollout status ${name}`;
    const { answer, after } = commands(liveServer(beginLive(load(text), text)), script);
    expect(answer.status).toBe(0);
    expect(commands(after, `get ${name} -o jsonpath={.spec.template}`).answer.out).not.toContain('$patch');
    expect(commands(after, `get ${name} -o jsonpath={.spec.template.spec.containers[0].image}`).answer.out).toBe('nginx:1.27');
  });

  test('has its own time to make progress, however long ago the last rollout was', () => {
    const text = WEB.replace('replicas: 3', 'replicas: 3\n  progressDeadlineSeconds: 30');
    const first = commands(
      liveServer(beginLive(load(text), text)),
      'set image deployment/web web=nginx:1.28\nrollout status deployment/web',
    );
    const { live } = first.after;
    if (live === null) throw new Error('no time passes here');
    const later = liveServer(seek(known(live, live.at + 100_000), live.at + 100_000));
    const { answer } = commands(later, 'rollout undo deployment/web\nrollout status deployment/web');
    expect(answer.err).toBe('');
    expect(answer.out).toContain('successfully rolled out');
  });
});

test('endpoints have an age, also after they changed', () => {
  const text = `${WEB}---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;
  const { after } = commands(liveServer(beginLive(load(text), text)), 'scale deployment web --replicas=1\nrollout status deployment/web');
  for (const type of ['endpoints', 'endpointslices']) expect(commands(after, `get ${type}`).answer.out).not.toContain('<unknown>');
});

test('logs of a Job are those of its Pod', () => {
  const text = `
apiVersion: batch/v1
kind: Job
metadata: { name: pi }
spec: { template: { spec: { restartPolicy: Never, containers: [{ name: pi, image: busybox, command: [echo, '3.14'] }] } } }
`;
  const { after } = commands(liveServer(beginLive(load(text), text)), 'get jobs');
  expect(commands(after, 'logs job/pi').answer).toMatchObject({ status: 0, err: '' });
});

test('a pasted Pod that was evicted says so', () => {
  const text = `
apiVersion: v1
kind: Pod
metadata: { name: gone }
spec: { nodeName: node-1, containers: [{ name: main, image: nginx }] }
status: { phase: Failed, reason: Evicted, message: 'The node was low on resource: memory.' }
`;
  expect(run('get pod gone', text).out).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE\ngone +0\/1 +Evicted +0 /);
});
