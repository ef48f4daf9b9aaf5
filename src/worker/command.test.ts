import { expect, test } from 'vitest';
import { beginLive, change, load, seek } from '../engine/index';
import { openText, runCommand, type Session, sessionAgain } from './command';

const pod = (name: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { containers: [{ name: main, image: nginx }] }\n`;

/** Types commands one after the other; each into a text, which is opened first where `opens` says so. */
function terminal() {
  let session: Session | null = null;
  let opened = openText(null, '', { revision: 1 });
  return {
    open: (text: string, revision: number) => {
      opened = openText(session, text, { revision, previous: opened.loaded });
      return opened.loaded.snapshot;
    },
    type: (line: string, text: string) => {
      const run = runCommand(session, { line, text }, opened);
      session = run.session;
      opened = run.opened;
      return run.ran;
    },
  };
}

test('a command finds the cluster of the text, also of one that the page has not opened yet', () => {
  const { open, type } = terminal();
  open(pod('shop'), 2);
  expect(type('kubectl get pods', pod('shop')).output).toMatch(/^NAME.*\nshop +1\/1 +Running/);
  expect(type('kubectl get pods', pod('till')).output).toMatch(/^NAME.*\ntill /);
});

test('looking changes neither text nor cluster', () => {
  const { type } = terminal();
  expect(type('kubectl get nodes', '')).toMatchObject({ status: 0, text: null, snapshot: null, sent: null });
});

test('what a command writes stands in the text, and the page opens what has become of it', () => {
  const { open, type } = terminal();
  const { text } = type('kubectl create deployment web --image=nginx --replicas=2', '');
  expect(text).toContain('kind: Deployment');
  expect(open(text ?? '', 2).view.pods.filter(({ name, ready }) => name.startsWith('web-') && ready)).toHaveLength(2);
  expect(type('kubectl get deploy web', text ?? '').output).toMatch(/\nweb +2\/2 /);
});

test('whoever watches sees what comes of the last command, the others find it done', () => {
  const { type } = terminal();
  const text = type('kubectl create deployment web --image=nginx', '').text ?? '';
  expect(type('kubectl rollout status deployment/web', text).output).toMatch(/^Waiting for .*\n.*successfully rolled out\n$/s);
  const changed = type('kubectl set image deployment/web nginx=nginx:1.27', text).text ?? '';
  expect(type('kubectl get deploy web', changed).output).toMatch(/\nweb +1\/1 +1 +1 /);
});

test('a Pod of a controller is deleted without a change of the text, and the page is told', () => {
  const { open, type } = terminal();
  const text = type('kubectl create deployment web --image=nginx', '').text ?? '';
  open(text, 2);
  const name = type('kubectl get pods -o name', text).output.trim();
  const { snapshot, text: after } = type(`kubectl delete ${name}`, text);
  expect(after).toBeNull();
  const pods = snapshot?.view.pods.filter((one) => one.name.startsWith('web-')) ?? [];
  expect(pods).toHaveLength(1);
  expect(`pod/${pods[0]?.name}`).not.toBe(name);
  expect(snapshot?.revision).toBe(2);
});

test('what commands have done at rest is made again from plain data', () => {
  const { open, type } = terminal();
  const text = type('kubectl create deployment web --image=nginx', '').text ?? '';
  open(text, 2);
  const name = type('kubectl get pods -o name', text).output.trim();
  const { atRest } = type(`kubectl delete ${name}`, text);
  const names = (one: Session | null): readonly string[] => openText(one, text, {}).loaded.snapshot.view.pods.map((pod) => pod.name);
  const again = sessionAgain(JSON.parse(JSON.stringify(atRest)));
  expect(names(again).map((each) => `pod/${each}`)).not.toContain(name);
  expect(names(again)).toEqual(open(text, 3).view.pods.map((pod) => pod.name));
});

test('a text that somebody edited is a cluster made anew', () => {
  const { open, type } = terminal();
  const text = type('kubectl create deployment web --image=nginx', '').text ?? '';
  open(pod('shop'), 3);
  expect(type('kubectl get pods -o name', pod('shop')).output).toBe('pod/shop\n');
  expect(text).not.toContain('shop');
});

test('edit names a place in the text; of what stands in none there is no place', () => {
  const { open, type } = terminal();
  open(pod('shop'), 2);
  expect(type('kubectl edit pod shop', pod('shop')).edit).toEqual({ name: 'pod/shop', range: { from: 0, to: expect.any(Number) } });
  expect(type('kubectl edit node node-1', pod('shop')).edit).toEqual({ name: 'node/node-1', range: null });
});

test('a here-document is the input of its command, and microk8s has a kubectl of its own', () => {
  const { type } = terminal();
  const { output, text } = type(`microk8s kubectl apply -f - <<'EOF'\n${pod('shop')}EOF`, '');
  expect(output).toBe('pod/shop created\n');
  expect(text).toContain('name: shop');
});

test('a command that today is refused comes with what to type instead', () => {
  expect(terminal().type('kubectl run web --image=nginx --replicas=3', '').instead).toBe(
    'kubectl create deployment web --image=nginx --replicas=3',
  );
});

test('a command that is none fails as a shell has it', () => {
  expect(terminal().type('kubctl get pods', '')).toMatchObject({ status: 127, output: expect.stringContaining('command not found') });
});

test('a text that cannot be read leaves the cluster of the one before', () => {
  const { open, type } = terminal();
  open(pod('shop'), 2);
  expect(open(`${pod('shop')}---\n: [`, 3).staleFromLine).not.toBeNull();
  expect(type('kubectl get pods -o name', `${pod('shop')}---\n: [`).output).toBe('pod/shop\n');
});

test('where time goes by on the page, a command happens at the instant of its clock, and the clock goes with it', () => {
  const text = pod('shop');
  const opened = openText(null, text, { revision: 1 });
  const over = seek(beginLive(opened.loaded, text), 5000);
  const { ran, session } = runCommand(null, { line: 'kubectl delete pod shop', text }, opened, over);
  expect(ran.output).toBe('pod "shop" deleted from default namespace\n');
  expect(ran.at).toBeGreaterThan(5000);
  expect(session.server.live?.deeds.map(({ at }) => at)).toContain(5000);
});

test('a text that is not applied yet is what -f means, and what is applied then', () => {
  const opened = openText(null, pod('shop'), { revision: 1 });
  const over = beginLive(opened.loaded, pod('shop'));
  const { ran, session } = runCommand(
    null,
    { line: 'kubectl apply -f cluster.yaml', text: `${pod('shop')}---\n${pod('till')}` },
    opened,
    over,
  );
  expect(ran.output).toContain('pod/till created');
  expect(session.server.loaded.built.cluster.pods.map(({ metadata }) => metadata.name)).toContain('till');
});

const DEPLOYMENT = (replicas: number, image = 'nginx:1.27'): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "${image}" }] }
`;

/** A command while time goes by and the editor holds a text that is not applied yet. */
function typedOver(line: string, { manifest, edited }: { readonly manifest: string; readonly edited: string }) {
  const opened = openText(null, edited, { revision: 1 });
  return runCommand(null, { line, text: edited }, opened, seek(beginLive(load(manifest), manifest), 5000));
}

test('a command over time is written into an edit that is not applied yet, and the cluster gets the command alone', () => {
  const { ran, session } = typedOver('kubectl scale deploy web --replicas=5', {
    manifest: DEPLOYMENT(3),
    edited: `# newer\n${DEPLOYMENT(3, 'nginx:1.28')}`,
  });
  expect(ran).toMatchObject({ output: 'deployment.apps/web scaled\n', text: `# newer\n${DEPLOYMENT(5, 'nginx:1.28')}`, kept: [] });
  expect(session.server.manifest).toBe(DEPLOYMENT(5));
});

test('where an edit that is not applied yet touches the same place, it stays, and the command names the object', () => {
  const { ran, session } = typedOver('kubectl scale deploy web --replicas=5', { manifest: DEPLOYMENT(3), edited: DEPLOYMENT(4) });
  expect(ran.text).toBeNull();
  expect(ran.kept).toEqual([{ object: { kind: 'Deployment', namespace: 'default', name: 'web' }, why: 'edited' }]);
  expect(session.server.manifest).toBe(DEPLOYMENT(5));
});

test('an edit that a command applies is the manifest from then on, letter for letter', () => {
  const edited = `# newer\n${DEPLOYMENT(4, 'nginx:1.28')}`;
  const { ran, session } = typedOver('kubectl apply -f cluster.yaml', { manifest: DEPLOYMENT(3), edited });
  expect(ran).toMatchObject({ output: 'deployment.apps/web configured\n', text: null, kept: [] });
  expect(session.server.manifest).toBe(edited);
  expect(session.server.live?.deeds.at(-1)).toEqual({ at: 5000, change: { kind: 'manifest', text: edited } });
});

test('edit names the place in the text of the editor, not in the manifest that is in force', () => {
  const { ran } = typedOver('kubectl edit deploy web', { manifest: DEPLOYMENT(3), edited: `${pod('shop')}---\n${DEPLOYMENT(3)}` });
  expect(ran.edit?.range?.from).toBe(`${pod('shop')}---\n`.length);
});

test('of a Pod on a machine that is switched off the API server gets no answer', () => {
  const opened = openText(null, pod('shop'), { revision: 1 });
  const node = opened.loaded.snapshot.view.pods.find(({ name }) => name === 'shop')?.node ?? '';
  const over = change(beginLive(opened.loaded, pod('shop')), { kind: 'set-fault', fault: { kind: 'node-lost', node } });
  const typed = (line: string): string => runCommand(null, { line, text: pod('shop') }, opened, over).ran.output;
  const address = opened.loaded.snapshot.view.nodes.find(({ name }) => name === node)?.addresses[0];
  const error = `dial tcp ${address}:10250: connect: no route to host\n`;
  expect(typed('kubectl exec shop -- hostname')).toBe(`Error from server: error dialing backend: ${error}`);
  expect(typed('kubectl logs shop -p')).toBe(
    `Error from server: Get "https://${address}:10250/containerLogs/default/shop/main?previous=true": ${error}`,
  );
});

test('a container that is added to a Pod sends requests although the Pod’s own waits to be started again', () => {
  const crashing = pod('shop').replace('name: shop }', "name: shop, annotations: { kubehop.dev/exit: '1@2s' } }");
  const opened = openText(null, crashing, { revision: 1 });
  const over = seek(beginLive(opened.loaded, crashing), 25_000);
  const typed = (line: string) => runCommand(null, { line, text: crashing }, opened, over).ran;
  expect(typed('kubectl get pod shop').output).toContain('CrashLoopBackOff');
  expect(typed('kubectl exec shop -- nslookup kubernetes').output).toContain('container not found');
  expect(typed('kubectl debug shop -it --image=busybox -- nslookup kubernetes').sent?.request).toMatchObject({ added: true });
});
