import { expect, test } from 'vitest';
import { load, settledServer } from '../engine/index';
import { insteadOf } from './instead';
import { kubectl } from './kubectl';
import { newSession } from './session';

const TEXT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: main, image: nginx }] }
`;

function instead(line: string, err?: string): string | null {
  const session = newSession(settledServer(load(TEXT), TEXT));
  const words = line.split(' ');
  const answer = err === undefined ? kubectl(session, words) : { status: 1, out: '', err };
  return insteadOf(words, answer, session.server.objects);
}

test.each([
  ['run web --image=nginx --replicas=3', 'kubectl create deployment web --image=nginx --replicas=3'],
  ['run web --image nginx --replicas 3 --generator run/v1', 'kubectl create deployment web --image nginx --replicas 3'],
  ['run web --image=nginx --generator=run-pod/v1', 'kubectl run web --image=nginx'],
  ['get pods --all-namespace', 'kubectl get pods --all-namespaces'],
  ['create deployment web --image=nginx --record', 'kubectl create deployment web --image=nginx'],
  ['get endpoint', 'kubectl get endpointslices'],
  ['get endpoint web -o yaml', 'kubectl get endpointslices -l kubernetes.io/service-name=web -o yaml'],
  ['get web', 'kubectl get deployment/web'],
  ['run web --image=nginx --requests=cpu=1 --port=80', 'kubectl run web --image=nginx --port=80 --dry-run=client -o yaml'],
  ['version --short', 'kubectl version'],
  ['get componentstatuses', 'kubectl get --raw=/readyz?verbose'],
  ['run x --image=nginx --dry-run -o yaml', 'kubectl run x --image=nginx --dry-run=client -o yaml'],
  [
    'scale deploy/web --replicas=3 --record',
    "kubectl annotate deploy/web 'kubernetes.io/change-cause=kubectl scale deploy/web --replicas=3'",
  ],
  [
    'set image deployment web main=nginx:2 --record',
    "kubectl annotate deployment web 'kubernetes.io/change-cause=kubectl set image deployment web main=nginx:2'",
  ],
  ['describre deployment web', 'kubectl describe deployment web'],
])('today %s is %s', (typed, today) => {
  expect(instead(typed)).toBe(today);
});

test('a rollout names the type of what rolls out', () => {
  const err = `error: the server doesn't have a resource type "web"\n`;
  expect(instead('rollout status web', err)).toBe('kubectl rollout status deployment/web');
});

test('exec has its command behind two dashes, which is quoted where it must be', () => {
  const err = 'error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\n';
  expect(instead('exec -n shop web ls /', err)).toBe('kubectl exec -n shop web -- ls /');
  expect(insteadOf(['exec', 'web', 'sh', "echo 'a b'"], { status: 1, out: '', err }, [])).toBe(
    "kubectl exec web -- sh 'echo '\\''a b'\\'''",
  );
});

test.each(['get pods', 'get gateways', 'get nothing', 'gett pods', 'get pods --no-such-flag', 'run web'])(
  '%s has nothing instead',
  (typed) => {
    expect(instead(typed)).toBeNull();
  },
);
