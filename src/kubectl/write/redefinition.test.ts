// A running Pod that is given another image: its container is killed and started anew, whatever its restartPolicy.

import { expect, it } from 'vitest';
import { typing } from '../shell/typing.test-support';

const POD = (more = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: naked }
spec:
  ${more}
  containers: [{ name: web, image: "nginx:1.25" }, { name: side, image: busybox, command: [sleep, '36000'] }]
`;

const count = ({ type }: ReturnType<typeof typing>, of: string): string =>
  type(`kubectl get pod naked -o jsonpath='{.status.containerStatuses[?(@.name=="${of}")].restartCount}'`).out;

it.each([
  ['Always', ''],
  ['Never', 'restartPolicy: Never'],
])('restarts the container of it alone (%s)', (_, more) => {
  const terminal = typing(POD(more));
  expect(terminal.type('kubectl set image pod/naked web=nginx:1.26').out).toBe('pod/naked image updated\n');
  terminal.wait(40);
  expect([count(terminal, 'web'), count(terminal, 'side')]).toEqual(['1', '0']);
  expect(terminal.type('kubectl get pod naked').out).toMatch(/naked +2\/2 +Running +1 /);
  const told = terminal.type('kubectl describe pod naked').out;
  expect(told).toContain('Container web definition changed, will be restarted');
  expect(told).toContain('Pulling image "nginx:1.26"');
  expect(terminal.type("kubectl get pod naked -o jsonpath='{.status.containerStatuses[*].lastState.terminated.reason}'").out).not.toBe('');
});

it('tries the new image at once where the old one could not be pulled', () => {
  const terminal = typing('');
  terminal.type('kubectl run naked --image=nginx:nope --annotations=kubehop.dev/pull=error');
  terminal.wait(300);
  expect(terminal.type('kubectl get pod naked').out).toContain('ImagePullBackOff');
  terminal.type('kubectl annotate pod naked kubehop.dev/pull-');
  terminal.type('kubectl set image pod/naked naked=nginx');
  terminal.wait(5);
  expect(terminal.type('kubectl get pod naked').out).toMatch(/naked +1\/1 +Running +0 /);
});
