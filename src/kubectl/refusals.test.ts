// What kubectl says of commands that mean nothing, or not enough: measured with the real tool on a server that has the same objects.

import { expect, it } from 'vitest';
import { load, settledServer } from '../engine/index';
import { FILES, MANIFEST } from './generated-cluster.test-support';
import { runOn } from './server.test-support';

const server = settledServer(load(MANIFEST), MANIFEST);
const run = (line: string) => runOn(server, line, (file) => FILES[file] ?? null);

const NOTHING =
  "error: You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'\n";

it.each([
  ['get pods nope -o foo', 'Error from server (NotFound): pods "nope" not found\n'],
  ['get pods nope -o jsonpath={', 'Error from server (NotFound): pods "nope" not found\n'],
  ['get deploy --subresource=scale -o name', 'error: subresource cannot be used when bulk resources are specified\n'],
  ['get pods/tools -l x=y', 'error: selectors and the all flag cannot be used when passing resource/name arguments\n'],
  ['get pods tools -l x=y', 'error: name cannot be provided when a selector is specified\n'],
  ['get pods tools -A', 'error: a resource cannot be retrieved by name across all namespaces\n'],
  ['get pods -- nope -o', 'Error from server (NotFound): pods "nope" not found\nError from server (NotFound): pods "-o" not found\n'],
  ['delete pods tools --all', 'error: name cannot be provided when a selector is specified\n'],
  ['delete pods -l a=b --all', "error: setting 'all' parameter but found a non empty selector. \n"],
  ['rollout history node/node-1', 'error: error retrieving history for "Node", no visitor method exists for { Node}\n'],
  ['rollout history po/tools', 'error: no history viewer has been implemented for "Pod"\n'],
  ['rollout undo node/node-1', 'error: error retrieving rollbacker for "Node", no visitor method exists for { Node}\n'],
  ['label po/tools a=b --dry-run=nope', 'error: Invalid dry-run value (nope). Must be "none", "server", or "client".\n'],
  ['label ns --all --list -o json', 'error: --list and --output may not be specified together\n'],
  ['set image', NOTHING],
  ['set image pod', 'error: resource(s) were provided, but no name was specified\n'],
  ['set image node/node-1 a=b', 'error: nodes/node-1 the object is not a pod or does not have a pod template: *v1.Node\n'],
  ['set resources', NOTHING],
  [
    'autoscale node/node-1 --max=3',
    'error: cannot autoscale a Node: could not find scale subresource for /v1, Resource=nodes in discovery information\n',
  ],
  ['taint', 'error: one or more resources must be specified as <resource> <name>\n'],
  [
    'taint nodes node-1 a=b:Nope',
    "error: invalid taint effect: Nope, unsupported taint effect\nSee 'kubectl taint -h' for help and examples\n",
  ],
  ['run x --image=', 'error: --image is required\n'],
  ['create', 'error: must specify one of -f and -k\n'],
  ['create foo', "error: Unexpected args: [foo]\nSee 'kubectl create -h' for help and examples\n"],
  ['apply x', "error: Unexpected args: [x]\nSee 'kubectl apply -h' for help and examples\n"],
  ['logs nope', 'error: error from server (NotFound): pods "nope" not found in namespace "default"\n'],
  ['logs tools -l a=b', "error: only a selector (-l) or a POD name is allowed\nSee 'kubectl logs -h' for help and examples\n"],
  ['port-forward po/tools x', "error: Pod 'tools' does not have a named port 'x'\n"],
  ['debug tools', 'error: you must specify --image when not using --copy-to.\n'],
])('%s', (line, err) => {
  expect(run(line)).toEqual({ status: 1, out: '', err });
});

it.each([
  ['get nodes node-1 -A -o name', 0, 'node/node-1\n', ''],
  [
    'get pods -- tools --no-headers',
    1,
    expect.stringMatching(/^NAME .*\ntools /),
    'Error from server (NotFound): pods "--no-headers" not found\n',
  ],
  ['diff x', 2, '', "error: Unexpected args: [x]\nSee 'kubectl diff -h' for help and examples\n"],
])('%s with status %i', (line, status, out, err) => {
  expect(run(line)).toEqual({ status, out, err });
});

it('goes back to the only revision of a StatefulSet or DaemonSet without a change', () => {
  const skipped = 'skipped rollback (current template already matches revision 1)\n';
  expect(run('rollout undo sts/db --to-revision=1')).toEqual({ status: 0, out: `statefulset.apps/db ${skipped}`, err: '' });
  expect(run('rollout undo ds/agent --to-revision=1')).toEqual({ status: 0, out: `daemonset.apps/agent ${skipped}`, err: '' });
});

it('lists the environment of every container, with what is about to be set in it', () => {
  expect(run('set env deploy/web --list B=1').out).toBe(
    '# Deployment web, container web\nA=b\n# POD from field path metadata.name\n# S from secret pw, key k\nB=1\n# Deployment web, container log\nB=1\n# Deployment web, container setup\nB=1\n',
  );
  expect(run('set env po/tools')).toEqual({ status: 0, out: '', err: '' });
});

it('prints the objects that hold the revisions where a format is asked for', () => {
  expect(JSON.parse(run('rollout history deploy/web -o json').out)).toMatchObject({
    kind: 'ReplicaSet',
    metadata: { labels: { app: 'web' } },
  });
  expect(JSON.parse(run('rollout history sts/db --revision=1 -o json').out)).toMatchObject({
    kind: 'StatefulSet',
    metadata: { name: 'db' },
  });
  expect(run('rollout history sts/db --revision=9 -o json').err).toBe('error: unable to find the specified revision\n');
});

it('remarks on a dry run that is not said of whom', () => {
  expect(run('run x --image=a --dry-run')).toEqual({
    status: 0,
    out: 'pod/x created (dry run)\n',
    err: expect.stringMatching(
      /^W\d{4} \d\d:\d\d:\d\d\.\d{6} {7}1 helpers\.go:\d+\] --dry-run is deprecated and can be replaced with --dry-run=client\.\n$/,
    ),
  });
  expect(run('run x --image=a --dry-run=client').err).toBe('');
});
