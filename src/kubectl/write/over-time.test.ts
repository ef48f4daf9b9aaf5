// Commands on a cluster in which time passes: each waits as long as the real one would, and sees what the controllers made of the last one.

import { describe, expect, test } from 'vitest';
import { beginLive, liveServer, load } from '../../engine/index';
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
