// What each changing command prints, as the real tool does, and what it leaves in the manifest.

import { describe, expect, it } from 'vitest';
import { type ApiServer, load, settledServer, writtenObjects } from '../../engine/index';
import { at } from '../fields';
import { kubectl } from '../kubectl';
import { newSession } from '../session';
import { commands } from './commands.test-support';

const TEXT = `# The shop
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web # its name
spec:
  replicas: 4
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
      - name: web
        image: nginx:1.27 # pinned
        ports: [{ containerPort: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: api, labels: { app: web } }
spec: { type: NodePort, selector: { app: web }, ports: [{ port: 80, nodePort: 30080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: x, labels: { app: x, tier: front } }
spec: { containers: [{ name: x, image: busybox }] }
---
apiVersion: v1
kind: Node
metadata: { name: node-1 }
status: { addresses: [{ type: InternalIP, address: 192.168.1.10 }] }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop }
`;

const server = settledServer(load(TEXT), TEXT);
const run = (script: string, input = '') => commands(server, script, input);

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: { name: p1 }\nspec: { containers: [{ name: p1, image: busybox }] }\n';
const SERVICE =
  'apiVersion: v1\nkind: Service\nmetadata: { name: api, labels: { app: web } }\nspec: { type: NodePort, selector: { app: web }, ports: [{ port: 81, nodePort: 30080 }] }\n';

describe('a command that changes something prints', () => {
  it.each([
    ['create deployment d1 --image=nginx', 'deployment.apps/d1 created\n'],
    ['create service clusterip s1 --tcp=80:8080', 'service/s1 created\n'],
    ['run p1 --image=busybox', 'pod/p1 created\n'],
    ['create namespace n1', 'namespace/n1 created\n'],
    ['create ns n1 -o name', 'namespace/n1\n'],
    ['create deployment d1 --image=nginx --dry-run=client', 'deployment.apps/d1 created (dry run)\n'],
    ['create deployment d1 --image=nginx --dry-run=server', 'deployment.apps/d1 created (server dry run)\n'],
    ['scale deploy/web --replicas=6', 'deployment.apps/web scaled\n'],
    ['scale deploy web --replicas=4', 'deployment.apps/web scaled\n'],
    ['expose deploy web', 'service/web exposed\n'],
    ['expose pod x --port=80 --name=y', 'service/y exposed\n'],
    ['set image deploy/web web=img:2', 'deployment.apps/web image updated\n'],
    ["set image deploy/web '*=img:2'", 'deployment.apps/web image updated\n'],
    ['set image deploy/web web=nginx:1.27', ''],
    ['set env deploy/web A=1', 'deployment.apps/web env updated\n'],
    ['set resources deploy web --limits=cpu=200m', 'deployment.apps/web resource requirements updated\n'],
    ['set selector svc api app=x', 'service/api selector updated\n'],
    ['set sa deploy web robot', 'deployment.apps/web serviceaccount updated\n'],
    ['label pod x a=b', 'pod/x labeled\n'],
    ['label pod x tier=front', 'pod/x not labeled\n'],
    ['label pod x tier-', 'pod/x unlabeled\n'],
    ['label pod x nope-', 'label "nope" not found.\npod/x not labeled\n'],
    ['label pod x tier=back --overwrite', 'pod/x labeled\n'],
    ['annotate deploy web a=b', 'deployment.apps/web annotated\n'],
    ['annotate deploy web a=b\nannotate deploy web a=b', 'deployment.apps/web annotated\n'],
    [`patch svc api -p '{"spec":{"type":"ClusterIP","ports":[{"port":80,"nodePort":null}]}}'`, 'service/api patched\n'],
    [`patch svc api -p '{"spec":{"type":"NodePort"}}'`, 'service/api patched (no change)\n'],
    ['delete pod x', 'pod "x" deleted from default namespace\n'],
    ['delete po/x svc/api', 'pod "x" deleted from default namespace\nservice "api" deleted from default namespace\n'],
    ['delete deploy web', 'deployment.apps "web" deleted from default namespace\n'],
    ['delete ns shop', 'namespace "shop" deleted\n'],
    ['delete pod x -o name', 'pod/x\n'],
    ['delete pod x --wait=false --now', 'pod "x" deleted from default namespace\n'],
    ['delete pod -l app=nothing', 'No resources found\n'],
    ['delete ingress --all', 'No resources found\n'],
    ['delete pods x --ignore-not-found', 'pod "x" deleted from default namespace\n'],
    ['delete pods nope --ignore-not-found', 'No resources found\n'],
    ['rollout pause deploy/web', 'deployment.apps/web paused\n'],
    ['rollout pause deploy/web\nrollout resume deploy web', 'deployment.apps/web resumed\n'],
    ['rollout restart deploy', 'deployment.apps/web restarted\n'],
    ['rollout status deploy/web', 'deployment "web" successfully rolled out\n'],
    ['cordon node-1', 'node/node-1 cordoned\n'],
    ['cordon node-1\ncordon node-1', 'node/node-1 already cordoned\n'],
    ['cordon node-1\nuncordon node/node-1', 'node/node-1 uncordoned\n'],
    ['taint node node-1 a=b:NoSchedule', 'node/node-1 tainted\n'],
    ['taint node node-1 a:NoSchedule\ntaint nodes node-1 a-', 'node/node-1 untainted\n'],
    ['wait --for=condition=Ready pod/x', 'pod/x condition met\n'],
    ["wait --for=jsonpath='{.status.phase}'=Running pod/x", 'pod/x condition met\n'],
    ['autoscale deploy web --min=2 --max=5 --cpu=70%', 'horizontalpodautoscaler.autoscaling/web autoscaled\n'],
  ])('%s: %s', (script, out) => {
    expect(run(script).answer).toMatchObject({ status: 0, out });
  });

  it.each([
    ['apply -f -', POD, 'pod/p1 created\n'],
    ['apply -f -', SERVICE, 'service/api configured\n'],
    ['apply -f -\napply -f -', POD, 'pod/p1 unchanged\n'],
    ['apply -f - --dry-run=client', POD, 'pod/p1 created (dry run)\n'],
    ['apply -f - --dry-run=server', SERVICE, 'service/api configured (server dry run)\n'],
    ['create -f -', POD, 'pod/p1 created\n'],
    ['replace -f -', SERVICE, 'service/api replaced\n'],
    ['replace --force -f -', SERVICE, 'service "api" deleted from default namespace\nservice/api replaced\n'],
    ['delete -f -', SERVICE, 'service "api" deleted from default namespace\n'],
    ['run p1 --image=busybox\ndelete -f -', POD, 'pod "p1" deleted from default namespace\n'],
  ])('%s of %j: %s', (script, input, out) => {
    expect(run(script, input).answer).toMatchObject({ status: 0, out, err: '' });
  });

  it('force deleted, after a warning', () => {
    expect(run('delete pod x --force --grace-period=0').answer).toMatchObject({
      out: 'pod "x" force deleted from default namespace\n',
      err: 'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n',
    });
  });

  it('the Pods that leave a node', () => {
    const { answer, after } = run('drain node-1 --ignore-daemonsets --force');
    expect(answer.out).toMatch(/^node\/node-1 cordoned\n(?:evicting pod \S+\n)+(?:pod\/\S+ evicted\n)*node\/node-1 drained\n$/);
    expect(answer.err).toBe('Warning: deleting Pods that declare no controller: default/x\n');
    expect(after.manifest).toContain('unschedulable: true');
    expect(run('drain node-1').answer).toMatchObject({
      status: 1,
      out: 'node/node-1 cordoned\n',
      err: `error: unable to drain node "node-1" due to error: cannot delete Pods that declare no controller (use --force to override): default/x, continuing command...
There are pending nodes to be drained:
 node-1
error: cannot delete Pods that declare no controller (use --force to override): default/x
`,
    });
  });
});

describe('a command that cannot be done says', () => {
  it.each([
    ['scale deploy web --replicas=3 --current-replicas=9', 'error: Expected replicas to be 9, was 4\n'],
    ['scale deploy x --replicas=1', 'Error from server (NotFound): deployments.apps "x" not found\n'],
    ['scale deploy web', 'error: required flag(s) "replicas" not set\n'],
    ['set image deploy/web nope=img:2', 'error: unable to find container named "nope"\n'],
    ['set image deploy/web', 'error: at least one image update is required\n'],
    ['label pod x tier=back', "error: 'tier' already has a value (front), and --overwrite is false\n"],
    [
      'annotate deploy web a=b\nannotate deploy web a=c',
      "error: --overwrite is false but found the following declared annotation(s): 'a' already has a value (b)\n",
    ],
    ['run x --image=busybox', 'Error from server (AlreadyExists): pods "x" already exists\n'],
    ['create ns shop', 'Error from server (AlreadyExists): namespaces "shop" already exists\n'],
    ['create deployment web --image=a', 'error: failed to create deployment: deployments.apps "web" already exists\n'],
    ['create cm c -n nowhere', 'error: failed to create configmap: namespaces "nowhere" not found\n'],
    ['run p --image=a -n nowhere', 'Error from server (NotFound): namespaces "nowhere" not found\n'],
    ['expose deploy web --name=api', 'Error from server (AlreadyExists): services "api" already exists\n'],
    ['expose pod x', "error: couldn't find port via --port flag or introspection\n"],
    ['expose node node-1', 'error: cannot expose a Node\n'],
    ['delete pod', 'error: resource(s) were provided, but no name was specified\n'],
    ['delete foo x', 'error: the server doesn\'t have a resource type "foo"\n'],
    ['delete ns default', 'Error from server (Forbidden): namespaces "default" is forbidden: this namespace may not be deleted\n'],
    ['rollout status web', 'error: the server doesn\'t have a resource type "web"\n'],
    ['rollout status pod/x', 'error: no status viewer has been implemented for Pod\n'],
    ['rollout history deploy/web --revision=9', 'error: unable to find the specified revision\n'],
    ['rollout undo deploy/web --to-revision=9', 'error: unable to find specified revision 9 in history\n'],
    ['rollout undo deploy/web', 'error: no rollout history found for deployment "web"\n'],
    ['rollout pause deploy/web\nrollout pause deploy/web', 'error: deployments.apps "web" is already paused\n'],
    ['rollout resume deploy/web', 'error: deployments.apps "web" is not paused\n'],
    [
      'rollout pause deploy/web\nrollout restart deploy/web',
      `error: deployments.apps "web" can't restart paused deployment (run rollout resume first)\n`,
    ],
    [
      'taint node node-1 a=b:Nope',
      "error: invalid taint effect: Nope, unsupported taint effect\nSee 'kubectl taint -h' for help and examples\n",
    ],
    ['taint node node-1 a-', 'error: taint "a" not found\n'],
    [
      'taint node node-1 a=b:NoSchedule\ntaint node node-1 a=c:NoSchedule',
      'error: node node-1 already has a taint(s) with same effect(s) and --overwrite is false\n',
    ],
    ['wait --for=condition=Ready=false pod/x --timeout=1s', 'error: timed out waiting for the condition on pods/x\n'],
    ['wait --for=condition=Ready pod/nope', 'Error from server (NotFound): pods "nope" not found\n'],
    ['wait --for=Ready pod/x', 'error: unrecognized condition: "Ready"\n'],
    ['create -f nope.yaml', 'error: the path "nope.yaml" does not exist\n'],
    ['apply', 'error: must specify one of -f and -k\n'],
    ['create deployment d', 'error: required flag(s) "image" not set\n'],
    [
      'create deployment --image=a',
      "error: exactly one NAME is required, got 0\nSee 'kubectl create deployment -h' for help and examples\n",
    ],
    ['run --image=a', "error: NAME is required for run\nSee 'kubectl run -h' for help and examples\n"],
    ['run web --image=nginx --replicas=3', "error: unknown flag: --replicas\nSee 'kubectl run --help' for usage.\n"],
    [
      'create deployment Web --image=a',
      expect.stringMatching(
        /^error: failed to create deployment: Deployment\.apps "Web" is invalid: .*a lowercase RFC 1123 subdomain must consist of/,
      ),
    ],
    [
      `patch deploy web --type=json -p '[{"op":"remove","path":"/spec/nope"}]'`,
      'The request is invalid: the server rejected our request due to an error in our request\n',
    ],
  ])('%s: %s', (script, err) => {
    const { answer, after } = run(script);
    expect(answer).toMatchObject({ status: 1, out: '', err });
    expect(answer.server).toBeUndefined();
    expect(writtenObjects(after.manifest).unreadable).toEqual([]);
  });

  it.each([
    ['apply -f -', '', 'error: no objects passed to apply\n'],
    ['create -f -', '', 'error: no objects passed to create\n'],
    ['apply -f -', 'kind: Pod\n', /^error: error validating "STDIN": error validating data: apiVersion not set; if you choose to ignore/],
    ['apply -f -', 'a: b\n', /: \[apiVersion not set, kind not set\]; if/],
    [
      'apply -f -',
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n b: c\n',
      /^error: error parsing STDIN: error converting YAML to JSON: yaml: line \d: /,
    ],
    [
      'apply -f -',
      'apiVersion: apps/v1\nkind: Deploymnt\nmetadata: { name: x }\n',
      'error: resource mapping not found for name: "x" namespace: "" from "STDIN": no matches for kind "Deploymnt" in version "apps/v1"\nensure CRDs are installed first\n',
    ],
    ['create -f -', SERVICE, 'Error from server (AlreadyExists): error when creating "STDIN": services "api" already exists\n'],
    [
      'create -f -',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: d }\nspec: { foo: 1 }\n',
      'Error from server (BadRequest): error when creating "STDIN": Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.foo"\n',
    ],
    [
      'create -f -',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: d }\nspec: { replicas: two }\n',
      'Error from server (BadRequest): error when creating "STDIN": Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32\n',
    ],
    [
      'apply -f -',
      SERVICE.replace('{ type', '{ foo: 1, type'),
      /^The request is invalid: patch: Invalid value: "\{.*\}": strict decoding error: unknown field "spec\.foo"\n$/,
    ],
    ['create -f -', POD.replace('name: p1, ', ''), 'The Pod "p1" is invalid: spec.containers[0].name: Required value\n'],
    [
      'apply -f -',
      SERVICE.replace('30080', '99'),
      'The Service "api" is invalid: spec.ports[0].nodePort: Invalid value: 99: provided port is not in the valid range. The range of valid ports is 30000-32767\n',
    ],
    [
      'apply -f -',
      `${TEXT.split('---')[0]}`.replaceAll('app: web', 'app: other'),
      'The Deployment "web" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"other"}}: field is immutable\n',
    ],
    [
      'apply -f - -n shop',
      POD.replace('name: p1', 'namespace: default, name: p1'),
      /^error: the namespace from the provided object "default" does not match the namespace "shop"\./,
    ],
    ['replace -f -', POD, 'Error from server (NotFound): error when replacing "STDIN": pods "p1" not found\n'],
    ['delete -f -', POD, 'Error from server (NotFound): error when deleting "STDIN": pods "p1" not found\n'],
  ])('%s of %j: %s', (script, input, err) => {
    const { answer } = run(script, input);
    expect(answer).toMatchObject({ status: 1, out: '', err: typeof err === 'string' ? err : expect.stringMatching(err) });
    expect(answer.server).toBeUndefined();
  });

  it('that a Pod goes with its visitor only where there is one', () => {
    expect(run('run t --rm -it --image=busybox -- sh').answer).toMatchObject({ status: 0, opened: { place: { container: 't' } } });
    expect(run('run t --rm --image=busybox').answer.err).toBe(
      "error: --rm should only be used for attached containers\nSee 'kubectl run -h' for help and examples\n",
    );
  });

  it('of several objects, goes on with the rest', () => {
    const { answer, after } = run('delete pod x nope nil');
    expect(answer).toMatchObject({
      status: 1,
      out: 'pod "x" deleted from default namespace\n',
      err: 'Error from server (NotFound): pods "nope" not found\nError from server (NotFound): pods "nil" not found\n',
    });
    expect(after.objects.some(({ kind, name }) => kind === 'Pod' && name === 'x')).toBe(false);
  });

  it('that the manifest cannot be read', () => {
    const broken = `${TEXT}---\na: [\n`;
    const { answer } = commands(settledServer(load(broken), broken), 'scale deploy web --replicas=1');
    expect(answer).toMatchObject({ status: 1, out: '' });
    expect(answer.err).toMatch(/^error: line \d+ of the manifest cannot be read: nothing was changed\n$/);
  });
});

describe('where there are no files', () => {
  const session = { ...newSession(server, () => TEXT), isWithoutFiles: true };

  it('any name of one means the text in the editor, and that is said', () => {
    expect(kubectl(session, ['apply', '-f', 'web.yaml'])).toEqual({
      status: 0,
      out: 'deployment.apps/web unchanged\nservice/api unchanged\npod/x unchanged\nnode/node-1 unchanged\nnamespace/shop unchanged\n',
      err: '# there are no files here: web.yaml stands for the text in the editor\n',
    });
    expect(kubectl(session, ['delete', '-f', 'web.yaml']).server?.manifest).toBe('');
  });

  it('edit opens the object', () => {
    const { edit, ...answer } = kubectl(session, ['edit', 'deploy/web']);
    expect(answer).toEqual({ status: 0, out: '', err: '' });
    expect(edit?.object).toEqual({ kind: 'Deployment', namespace: 'default', name: 'web' });
    expect(edit?.text).toMatch(/^apiVersion: apps\/v1\nkind: Deployment\n/);
    expect(kubectl(session, ['edit', 'deploy/nope'])).toEqual({
      status: 1,
      out: '',
      err: 'Error from server (NotFound): deployments.apps "nope" not found\n',
    });
  });
});

describe('the manifest after a command', () => {
  const changedLines = (script: string, input = '') => {
    const [before, after] = [TEXT.split('\n'), run(script, input).after.manifest.split('\n')];
    return { gone: before.filter((line) => !after.includes(line)), fresh: after.filter((line) => !before.includes(line)) };
  };

  it.each([
    ['scale deploy web --replicas=6', ['  replicas: 4'], ['  replicas: 6']],
    ['set image deploy web web=nginx:1.28', ['        image: nginx:1.27 # pinned'], ['        image: nginx:1.28 # pinned']],
    ['label pod x tier-', ['metadata: { name: x, labels: { app: x, tier: front } }'], ['metadata: { name: x, labels: { app: x } }']],
    ['label deploy web app.kubernetes.io/part-of=shop', [], ['  labels:', '    app.kubernetes.io/part-of: shop']],
    ['cordon node-1', [], ['spec:', '  unschedulable: true'].slice(1)],
    ['rollout pause deploy web', [], ['  paused: true']],
    ['set env deploy web A=1', [], ['        env:', '        - name: A', '          value: "1"']],
  ])('%s changes only what it says', (script, gone, fresh) => {
    expect(changedLines(script)).toEqual({ gone, fresh });
  });

  it('has the new object in the namespace of the session, without empty parts', () => {
    expect(run('create deployment d --image=nginx:1 -n shop').after.manifest.slice(TEXT.length)).toBe(`---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: d
  namespace: shop
  labels:
    app: d
spec:
  replicas: 1
  selector:
    matchLabels:
      app: d
  template:
    metadata:
      labels:
        app: d
    spec:
      containers:
      - name: nginx
        image: nginx:1
`);
  });

  it('has what was typed, with its comments', () => {
    const typed = '# mine\napiVersion: v1\nkind: ConfigMap # of settings\nmetadata: {name: c}\ndata:\n    a: b # one\n';
    expect(run('apply -f -', typed).after.manifest).toBe(`${TEXT}---\n${typed}`);
  });

  it('loses a deleted object, and all of a deleted namespace', () => {
    expect(run('delete svc api').after.manifest).toBe(TEXT.split('---\n').toSpliced(1, 1).join('---\n'));
    const { after } = run('create cm a -n shop\ncreate cm b\ndelete ns shop');
    expect(writtenObjects(after.manifest).objects.map(({ ref }) => `${ref.kind} ${ref.name}`)).toEqual([
      'Deployment web',
      'Service api',
      'Pod x',
      'Node node-1',
      'ConfigMap b',
    ]);
  });

  it('is as before where the command is only tried', () => {
    for (const mode of ['client', 'server']) {
      const { answer } = run(`scale deploy web --replicas=9 --dry-run=${mode}`);
      expect([answer.status, answer.server]).toEqual([0, undefined]);
    }
  });

  const wanted = (after: ApiServer, kind: string, name: string) => after.objects.find((one) => one.kind === kind && one.name === name);

  it('says what the cluster then has', () => {
    const { after } = run(
      'scale deploy web --replicas=2\nexpose deploy web --port=8080 --target-port=80\nlabel svc web a=b\nrun p --image=a',
    );
    expect(at(wanted(after, 'Deployment', 'web')?.json, 'spec', 'replicas')).toBe(2);
    expect(at(wanted(after, 'Service', 'web')?.json, 'spec', 'ports')).toEqual([{ port: 8080, protocol: 'TCP', targetPort: 80 }]);
    expect(wanted(after, 'Service', 'web')?.labels).toEqual({ a: 'b' });
    expect(after.objects.filter(({ kind, labels }) => kind === 'Pod' && labels.app === 'web')).toHaveLength(2);
    expect(wanted(after, 'Pod', 'p')?.labels).toEqual({ run: 'p' });
  });
});
