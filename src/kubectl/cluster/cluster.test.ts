// What kubectl tells of the cluster as a whole. The texts are those of the real tool against an API server that has the same resources.

import { describe, expect, it } from 'vitest';
import { load, settledServer } from '../../engine/index';
import { kubectl } from '../kubectl';
import { lines, NOW, runOn, serverOf, serverWith } from '../server.test-support';
import { newSession, sessionAfter } from '../session';

const settled = settledServer(load(''), '');
const ask = (line: string) => runOn(settled, line);

describe('api-resources', () => {
  it('lists types by group with short names, scope and kind, verbs and categories when asked', () => {
    expect(ask('api-resources --api-group=apps -o wide').out).toBe(
      [
        'NAME                  SHORTNAMES   APIVERSION   NAMESPACED   KIND                 VERBS                                                        CATEGORIES\n',
        'controllerrevisions                apps/v1      true         ControllerRevision   create,delete,deletecollection,get,list,patch,update,watch   \n',
        'daemonsets            ds           apps/v1      true         DaemonSet            create,delete,deletecollection,get,list,patch,update,watch   all\n',
        'deployments           deploy       apps/v1      true         Deployment           create,delete,deletecollection,get,list,patch,update,watch   all\n',
        'replicasets           rs           apps/v1      true         ReplicaSet           create,delete,deletecollection,get,list,patch,update,watch   all\n',
        'statefulsets          sts          apps/v1      true         StatefulSet          create,delete,deletecollection,get,list,patch,update,watch   all\n',
      ].join(''),
    );
  });

  it.each([
    ['api-resources --api-group= --namespaced=false -o name', lines('componentstatuses', 'namespaces', 'nodes', 'persistentvolumes')],
    ['api-resources --api-group= --verbs=create,deletecollection --namespaced=false -o name', lines('nodes', 'persistentvolumes')],
    ['api-resources --api-group=discovery.k8s.io --no-headers', 'endpointslices         discovery.k8s.io/v1   true   EndpointSlice\n'],
    [
      'api-resources --api-group=networking.k8s.io --sort-by=kind -o name',
      lines('ipaddresses', 'ingresses', 'ingressclasses', 'networkpolicies', 'servicecidrs').replaceAll('\n', '.networking.k8s.io\n'),
    ],
    ['api-resources --categories=nope', 'NAME   SHORTNAMES   APIVERSION   NAMESPACED   KIND\n'],
  ])('chooses and sorts: %s', (line, out) => {
    expect(ask(line)).toEqual({ status: 0, out, err: '' });
  });

  it('has the types that `get all` means, and custom ones of which there are objects', () => {
    expect(ask('api-resources --categories=all --no-headers -o name').out).toBe(
      lines(
        'pods',
        'replicationcontrollers',
        'services',
        'daemonsets.apps',
        'deployments.apps',
        'replicasets.apps',
        'statefulsets.apps',
        'horizontalpodautoscalers.autoscaling',
        'cronjobs.batch',
        'jobs.batch',
      ),
    );
    const custom = serverWith('apiVersion: example.org/v1\nkind: Boat\nmetadata: { name: one, namespace: default }\n');
    expect(runOn(custom, 'api-resources --api-group=example.org --no-headers').out).toBe('boats         example.org/v1   true   Boat\n');
    expect(runOn(custom, 'api-versions').out).toContain('\nexample.org/v1\n');
  });

  it('lists groups with their versions, the core last', () => {
    expect(ask('api-versions').out).toMatch(/^admissionregistration\.k8s\.io\/v1\n.*autoscaling\/v1\nautoscaling\/v2\n.*\nv1\n$/s);
  });
});

describe('cluster-info and version', () => {
  it('tells where the API server and CoreDNS are', () => {
    const [, address = ''] = /\n *- ip: ([\d.]+)/.exec(ask('get ep kubernetes -o yaml').out) ?? [];
    const [, port = ''] = /port: (\d+)/.exec(ask('get ep kubernetes -o yaml').out) ?? [];
    const host = `https://${address}:${port}`;
    expect(ask('cluster-info').out).toBe(
      lines(
        `Kubernetes control plane is running at ${host}`,
        `CoreDNS is running at ${host}/api/v1/namespaces/kube-system/services/kube-dns:dns/proxy`,
        '',
        "To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.",
      ),
    );
    expect(ask('cluster-info -n default').out).not.toContain('CoreDNS');
  });

  it.each([
    ['version', lines('Client Version: v1.36.0', 'Kustomize Version: v5.8.1', 'Server Version: v1.36.0')],
    ['version --client', lines('Client Version: v1.36.0', 'Kustomize Version: v5.8.1')],
  ])('%s', (line, out) => {
    expect(ask(line)).toEqual({ status: 0, out, err: '' });
  });

  it('prints versions as objects', () => {
    expect(JSON.parse(ask('version -o json').out)).toMatchObject({
      clientVersion: { gitVersion: 'v1.36.0', minor: '36' },
      kustomizeVersion: 'v5.8.1',
      serverVersion: { gitVersion: 'v1.36.0' },
    });
    expect(ask('version --client -o yaml').out).toMatch(/^clientVersion:\n(?: {2}\w+: .*\n)+kustomizeVersion: v5\.8\.1\n\n$/);
  });
});

const EVENTS = ['R2 Warning 60 10 4', 'R1 Normal 100 100 1', 'R3 Normal 30 30 1']
  .map((line) => line.split(' '))
  .map(([reason = '', type = '', first = '', last = '', count = '']) => ({ reason, type, first: Number(first), last: Number(last), count }))
  .map(
    ({ reason, type, first, last, count }) => `apiVersion: v1
kind: Event
metadata: { name: ${reason.toLowerCase()}, namespace: ${reason === 'R3' ? 'shop' : 'default'} }
involvedObject: { kind: ${reason === 'R1' ? 'Deployment' : 'Pod'}, name: web }
reason: ${reason}
type: ${type}
message: "${reason} happened "
count: ${count}
firstTimestamp: ${new Date(NOW - first * 1000).toISOString()}
lastTimestamp: ${new Date(NOW - last * 1000).toISOString()}
`,
  )
  .join('---\n');

describe('events', () => {
  const server = serverWith(EVENTS);

  it.each([
    [
      'events',
      lines(
        'LAST SEEN           TYPE      REASON   OBJECT           MESSAGE',
        '100s                Normal    R1       Deployment/web   R1 happened',
        '10s (x4 over 60s)   Warning   R2       Pod/web          R2 happened',
      ),
    ],
    [
      'events -A --types=normal --no-headers',
      lines('default   100s   Normal   R1    Deployment/web   R1 happened', 'shop      30s    Normal   R3    Pod/web          R3 happened'),
    ],
    ['events --for deploy/web --no-headers', '100s   Normal   R1    Deployment/web   R1 happened\n'],
    ['events --for pods/web -o name', 'event/r2\n'],
    ["events -o 'jsonpath={.kind} {.items[*].reason}'", 'EventList R1 R2'],
  ])('%s', (line, out) => {
    expect(runOn(server, line)).toEqual({ status: 0, out, err: '' });
  });

  it('shows what happens while it watches, each Event in a row of its own', () => {
    const later = serverOf([], [{ now: NOW + 1000, objects: server.objects.map(({ json }) => json) }]);
    expect(runOn(later, 'events -w').out).toBe(
      lines(
        'LAST SEEN           TYPE      REASON   OBJECT    MESSAGE',
        '11s (x4 over 61s)   Warning   R2       Pod/web   R2 happened',
        '101s                Normal    R1       Deployment/web   R1 happened',
      ),
    );
  });
});

describe('config', () => {
  it('shows one context with its cluster and user', () => {
    expect(ask('config get-contexts').out).toBe(
      'CURRENT   NAME      CLUSTER   AUTHINFO   NAMESPACE\n*         kubehop   kubehop   kubehop    \n',
    );
    expect(ask('config view').out).toMatch(
      /^apiVersion: v1\nclusters:\n- cluster:\n {4}server: https:\/\/[\d.]+:\d+\n {2}name: kubehop\ncontexts:\n- context:\n {4}cluster: kubehop\n {4}user: kubehop\n {2}name: kubehop\ncurrent-context: kubehop\nkind: Config\nusers:\n- name: kubehop\n {2}user: \{\}\n$/,
    );
    expect(ask('config view -o jsonpath={.contexts[0].context.cluster}').out).toBe('kubehop');
  });

  it('changes the namespace of the context, in which objects are looked for from then on', () => {
    let session = newSession(settled);
    const type = (line: string) => {
      const answer = kubectl(session, line.split(' '));
      session = sessionAfter(session, answer);
      return answer.out;
    };
    expect(type('config set-context --current --namespace=kube-system')).toBe('Context "kubehop" modified.\n');
    expect(type('get svc -o name')).toBe('service/kube-dns\n');
    expect(type('config view --minify -o jsonpath={..namespace}')).toBe('kube-system');
    expect(type('get svc -n default -o name')).toBe('service/kubernetes\n');
    expect(type('config set-context kubehop -n default')).toBe('Context "kubehop" modified.\n');
    expect(type('get svc -o name')).toBe('service/kubernetes\n');
    expect(type('config set contexts.kubehop.namespace kube-system')).toBe('Property "contexts.kubehop.namespace" set.\n');
    expect(type('get svc -o name')).toBe('service/kube-dns\n');
    expect(type('config unset contexts.kubehop.namespace')).toBe('Property "contexts.kubehop.namespace" unset.\n');
    expect(type('get svc -o name')).toBe('service/kubernetes\n');
  });
});

describe('auth', () => {
  it.each([
    ['auth can-i get pods', 'yes\n', ''],
    ['auth can-i get nodes', 'yes\n', "Warning: resource 'nodes' is not namespace scoped\n\n"],
    ['auth can-i get nodes -A', 'yes\n', ''],
    [
      'auth can-i foo bar.baz',
      'yes\n',
      "Warning: the server doesn't have a resource type 'bar' in group 'baz'\n\nWarning: verb 'foo' is not a known verb\n\n",
    ],
    ["auth can-i '*' '*'", 'yes\n', ''],
    ['auth can-i get pods -q', '', ''],
    [
      'auth whoami',
      lines('ATTRIBUTE   VALUE', 'Username    kubernetes-admin', 'Groups      [kubeadm:cluster-admins system:authenticated]'),
      '',
    ],
  ])('%s', (line, out, err) => {
    expect(ask(line)).toEqual({ status: 0, out, err });
  });

  it('lists what the administrator may do', () => {
    expect(ask('auth can-i --list').out).toMatch(
      /^Resources {39}Non-Resource URLs {3}Resource Names {3}Verbs\n\*\.\* {45}\[\] {18}\[\] {15}\[\*\]\n {48}\[\*\] {17}\[\] {15}\[\*\]\nselfsubjectreviews/,
    );
  });
});

describe('what cannot be', () => {
  it.each([
    ['api-resources x', "error: unexpected arguments: [x]\nSee 'kubectl api-resources -h' for help and examples\n"],
    ['api-resources -o foo', 'error: --output foo is not available\n'],
    ['api-resources --sort-by=foo', 'error: --sort-by accepts only name or kind\n'],
    ['version x', 'error: extra arguments: [x]\n'],
    ['version -o foo', "error: --output must be 'yaml' or 'json'\n"],
    ['events --for pod', 'error: --for must be in resource/name form\n'],
    ['events --for foo/b', 'the server doesn\'t have a resource type "foo"\n'],
    ['events --types=Foo', 'error: valid --types are Normal or Warning\n'],
    ['config use-context nope', 'error: no context exists with the name: "nope"\n'],
    ['config set-context', 'error: you must specify a non-empty context name or --current\n'],
    ['config get-contexts -o name nope', 'error: context nope not found\n'],
    ['config delete-context nope', 'error: cannot delete context nope, not in /home/student/.kube/config\n'],
    ['top node', 'error: Metrics API not available\n'],
    ['top pod -A --sort-by=age', 'error: --sort-by accepts only cpu or memory\n'],
    ['plugin list', 'error: unable to find any kubectl plugins in your PATH\n'],
    ['completion', "error: Shell not specified.\nSee 'kubectl completion -h' for help and examples\n"],
    ['cp a', 'error: source and destination are required\n'],
    ['cp x:/a y:/b', 'error: one of src or dest must be a local file specification\n'],
    ['cp /nope x:/b', "error: /nope doesn't exist in local filesystem\n"],
    ['kustomize k', "error: unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory 'k'\n"],
    ['certificate approve', 'error: one or more CSRs must be specified as <name> or -f <filename>\n'],
    ['certificate deny x', 'Error from server (NotFound): certificatesigningrequests.certificates.k8s.io "x" not found\n'],
    ['attach nope', 'Error from server (NotFound): pods "nope" not found\n'],
    [
      'auth can-i get',
      "error: you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.\n",
    ],
  ])('%s', (line, err) => {
    expect(ask(line)).toEqual({ status: 1, out: '', err });
  });

  it.each([
    [
      'config set-cluster other --server=https://x',
      'kubectl config set-cluster is not simulated: there is one context, "kubehop", with one cluster and one user\n',
    ],
    ['auth can-i get pods --as=bob', 'kubectl auth can-i --as is not simulated\n'],
  ])('says of %s that it is not simulated', (line, err) => {
    expect(ask(line)).toEqual({ status: 2, out: '', err });
  });
});
