// Command lines by chance: a verb of the table of commands, words that it may be given, and flags of its own with values that are likely
// or not. The same seed makes the same lines.

import { type Command, type Flag, GLOBAL_FLAGS, KUBECTL } from './command';
import { FILES } from './generated-cluster.test-support';
import { RESOURCES } from './kinds';

/** Numbers that are the same everywhere. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }

  of<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to choose from');
    return item;
  }
}

const COMMANDS = below(KUBECTL).filter(({ path }) => path.length > 0);

/** What is typed most. */
const USUAL = COMMANDS.filter(
  ({ path }) => path.length === 1 && ['get', 'describe', 'delete', 'label', 'logs', 'explain'].includes(path[0] ?? ''),
);

function below(command: Command): readonly Command[] {
  return [command, ...command.children.flatMap(below)];
}

const TYPES = [
  ...RESOURCES.flatMap(({ kind, plural, singular, short, group, version }) => [
    kind,
    plural,
    singular,
    ...short,
    `${plural}.${group}`,
    `${plural}.${version}.${group}`,
  ]),
  ...Array.from({ length: 12 }, () => ['pods', 'po', 'svc', 'deploy', 'nodes', 'ep', 'endpointslices', 'ing', 'netpol', 'all']).flat(),
  'boats',
  'boat.example.org',
  'endpoint',
  'po,svc',
  'deploy,sts,po',
  'nonsense',
  ',',
];

const NAMES =
  'web api db db-0 agent tools broken nowhere once nightly settings pw robot shut nginx site old headless lb other shop node-1 node-2 default data disk few reader high door way titanic new kubernetes kube-dns x we nope Web -'.split(
    ' ',
  );

/** Words that some verb wants behind its object. */
const PLAIN =
  "a=b app=web tier- a- web=nginx:2 *=img log= k=v:NoSchedule k:NoSchedule- k- KEY=value KEY- 80 8080:80 :http http abc spec.ports pods.spec web.spec.replicas get list /healthz * {} [] '' --".split(
    ' ',
  );

const LIKELY: Readonly<Record<string, readonly string[]>> = {
  output:
    'yaml yaml json json wide name kyaml jsonpath={.metadata.name} jsonpath={.items[*].spec} jsonpath={range go-template={{.kind}} go-template={{range custom-columns=A:.metadata.name,B:.spec.x custom-columns jsonpath-as-json={..name} nope'.split(
      ' ',
    ),
  selector: ['app=web', 'app in (web,api)', '!app', 'app!=web', 'a==', 'x,y=z', '('],
  'field-selector': ['metadata.name=web', 'status.phase=Running', 'spec.nodeName=node-1', 'nope=1', 'x'],
  namespace: ['shop', 'default', 'kube-system', 'nope', ''],
  'sort-by': ['.metadata.name', '{.spec.nodeName}', 'name', '.status.podIP', '.nope', '{', 'cpu'],
  filename: Object.keys(FILES).concat('-', 'missing.yaml'),
  'patch-file': Object.keys(FILES),
  patch: [
    '{"spec":{"replicas":3}}',
    '{"metadata":{"labels":{"x":null}}}',
    '[{"op":"remove","path":"/spec"}]',
    'spec: {type: ClusterIP}',
    '{',
  ],
  type: ['merge', 'json', 'strategic', 'NodePort', 'ClusterIP', 'nope'],
  image: ['nginx', 'nginx:1.27', 'a/b:c@d', ''],
  replicas: ['0', '1', '3', '-1', '999', 'x'],
  port: ['80', '0', '99999', 'http', ''],
  'target-port': ['8080', 'http', ''],
  'dry-run': ['client', 'server', 'none', 'nope'],
  for: ['condition=Ready', 'delete', 'create', 'jsonpath={.status.phase}=Running', 'pod/web', 'nope', 'condition=available=false'],
  timeout: ['0s', '1s', '30s', '-1s', 'x'],
  'to-revision': ['0', '1', '2', '9'],
  revision: ['0', '1', '9'],
  'api-version': ['v1', 'apps/v1', 'nope/v1'],
  raw: ['/', '/readyz', '/api/v1/pods', '/apis/apps/v1/namespaces/default/deployments/web', 'x'],
  template: ['{{.kind}}', '{{', '{.kind}'],
  overrides: ['{"spec":{"hostNetwork":true}}', '{', '[]'],
  rule: ['shop.local/=web:80', '/a*=web:http', 'x', 'a/b=c:80,tls=s'],
  'from-literal': ['a=b', 'a', '=b'],
  'from-file': ['plain.txt', 'k=plain.txt', 'missing'],
  env: ['A=1', 'B-', 'C'],
  tcp: ['80', '80:8080', 'x', '80:http'],
  restart: ['Never', 'Always', 'OnFailure', 'nope'],
  schedule: ['* * * * *', 'nope'],
  hard: ['pods=1', 'x'],
  limits: ['cpu=1,memory=64Mi', 'x', 'cpu=x'],
  requests: ['cpu=100m', 'x=1'],
  cascade: ['background', 'orphan', 'foreground', 'nope'],
  subresource: ['status', 'scale', 'nope'],
  'label-columns': ['app', 'app,tier', 'x/y'],
  since: ['1s', '1h', 'x'],
  tail: ['0', '1', '-1'],
  container: ['web', 'log', 'setup', 'nope', '*'],
  types: ['Normal', 'warning', 'Nope'],
  context: ['kubehop', 'nope'],
  v: ['0', '9'],
  'max-depth': ['1'],
};

const ANY = ['', 'x', 'a=b', '1', '-1', 'true', 'web', '{}', 'a,b', '"', '0s', 'é'];

const WORKLOADS = 'deploy/web deployments/web sts/db ds/agent rs rc/old job/once cj/nightly po/tools deploy/nope';
const ROLLED = 'deploy/web deployments.apps/web sts/db ds/agent';
const FRESH = 'new fresh web a-b';
const HELD = 'pod/tools po/broken svc/web deploy/web node/node-1 ns/shop cm/settings boat/titanic';
const PODS = 'tools broken nowhere db-0 pod/tools deploy/web svc/web sts/db job/once';
const NODES = 'node-1 node-2 node/node-1 nope';

/** Words that a command can do something with, one place after the other; what it needs of its flags among them. */
const FITTING: Readonly<Record<string, readonly string[]>> = {
  annotate: [HELD, 'a=b note- x/y=z', '--overwrite kubernetes.io/change-cause=second'],
  'api-resources': ['-o=wide -o=name --namespaced=false --sort-by=kind --categories=all'],
  apply: ['-f', 'new.yaml web.yaml all.yaml - broken.yaml odd.yaml empty.yaml'],
  attach: [PODS],
  'auth can-i': ['get list * use', 'pods nodes deploy /healthz nope'],
  autoscale: [WORKLOADS, '--max=3 --max=0'],
  'config set-context': ['--current', '--namespace=shop --namespace= -n=nope'],
  cordon: [NODES],
  create: ['-f', 'new.yaml web.yaml - broken.yaml odd.yaml'],
  'create configmap': [FRESH, '--from-literal=a=b --from-file=plain.txt --from-file=k=plain.txt'],
  'create cronjob': [FRESH, '--image=busybox', '--schedule=@daily --schedule=nope'],
  'create deployment': [FRESH, '--image=nginx:1.27 --image=a/b', '--port=80 --replicas=3 --replicas=0'],
  'create ingress': [FRESH, '--rule=shop.local/=web:80 --rule=a/b*=web:http,tls=pw --rule=x'],
  'create job': [FRESH, '--image=busybox --from=cronjob/nightly'],
  'create namespace': [FRESH],
  'create secret generic': [FRESH, '--from-literal=a=b'],
  'create service clusterip': [FRESH, '--tcp=80:8080 --clusterip=None'],
  'create service externalname': [FRESH, '--external-name=example.org'],
  'create service nodeport': [FRESH, '--tcp=80', '--node-port=30081 --node-port=30080 --node-port=1'],
  'create serviceaccount': [FRESH],
  debug: [PODS, '-it', '--image=busybox'],
  delete: [HELD],
  diff: ['-f', 'new.yaml web.yaml all.yaml'],
  drain: [NODES, '--ignore-daemonsets', '--force --delete-emptydir-data --dry-run=client'],
  edit: [HELD],
  events: ['--for=pod/tools --for=deploy/web -A --types=Warning -w'],
  exec: [PODS],
  explain: ['pods svc.spec deploy.spec.template netpol.spec.ingress ingress po.status ev boat', '--recursive --recursive=false'],
  expose: ['deploy/web po/tools svc/web rc/old rs sts/db', '--port=80 --port=8080', '--name=fresh --type=NodePort --target-port=http'],
  label: [HELD, 'a=b app- app=x', '--overwrite x=y'],
  logs: [PODS],
  patch: [HELD, '-p', '{"metadata":{"labels":{"x":"y"}}} {"spec":{"replicas":1}} {"spec":{"nope":1}} {'],
  'port-forward': [PODS, '8080:80 80 x'],
  replace: ['-f', 'web.yaml new.yaml all.yaml', '--force --dry-run=client'],
  'rollout history': [ROLLED],
  'rollout pause': [ROLLED],
  'rollout restart': [ROLLED],
  'rollout resume': [ROLLED],
  'rollout status': [ROLLED],
  'rollout undo': [ROLLED],
  run: [FRESH, '--image=nginx --image=busybox'],
  scale: [WORKLOADS, '--replicas=3 --replicas=0'],
  'set env': [WORKLOADS, 'A=c A- --list', 'B=1'],
  'set image': [WORKLOADS, 'web=nginx:2 *=img:3 log=x nope=y'],
  'set resources': [WORKLOADS, '--limits=cpu=1 --requests=memory=1Gi'],
  'set selector': ['svc/web svc/lb', 'app=x'],
  'set serviceaccount': [WORKLOADS, 'robot'],
  taint: ['nodes node', 'node-1 node-2 --all', 'k=v:NoSchedule k- a:NoExecute x'],
  uncordon: [NODES],
  wait: [HELD, '--for=condition=Ready --for=delete --for=create --for=jsonpath={.metadata.name}=web', '--timeout=1s'],
};

export function generatedCommand(chance: Chance): readonly string[] {
  const command = chance.of(chance.below(3) > 0 ? COMMANDS : USUAL);
  const fitting = FITTING[command.path.join(' ')];
  const words = [
    ...command.path,
    ...(fitting === undefined || chance.below(3) === 0 ? wordsFor(chance) : fitting.map((choices) => chance.of(choices.split(' ')))),
  ];
  const count = chance.of([0, 0, 1, 1, 2, 3]);
  for (let flag = 0; flag < count; flag += 1) words.push(...flagWords(command, chance));
  if (command.flags.some(({ long }) => long === 'output') && chance.below(3) === 0) words.push('-o', chance.of(['json', 'yaml']));
  const isRunning = /^(?:exec|run|create deployment|create job|create cronjob|debug)$/.test(command.path.join(' '));
  return isRunning && chance.below(2) === 0
    ? [...words, '--', ...chance.of([['date'], ['sh', '-c', 'echo a; nope'], ['cat', '/etc/hosts']])]
    : words;
}

/** Objects that are there, most of them in the namespace default. */
const OBJECTS =
  'pod/tools po/broken pods/nowhere po/db-0 svc/web service/lb services/headless svc/other svc/kubernetes deploy/web deployment.apps/web deployments/web sts/db ds/agent rc/old job/once cj/nightly cm/settings secret/pw sa/robot netpol/shut ing/site ingressclass/nginx hpa/web pdb/web pv/disk pvc/data quota/few limits/small role/reader rolebinding/readers pc/high gateway/door httproute/way boat/titanic node/node-1 no/node-2 ns/shop ns/default ep/web'.split(
    ' ',
  );

function wordsFor(chance: Chance): readonly string[] {
  const isThere = chance.below(4) > 0;
  const object = () => (isThere ? chance.of(OBJECTS) : `${chance.of(TYPES)}/${chance.of(NAMES)}`);
  const rest = Array.from({ length: chance.of([0, 0, 1, 2]) }, () => chance.of(PLAIN));
  const [type = '', name = ''] = object().split('/');
  switch (chance.below(8)) {
    case 0:
      return [];
    case 1:
      return [name, ...rest];
    case 2:
    case 3:
      return [type];
    case 4:
      return [object(), ...rest];
    case 5:
      return [object(), object(), ...rest];
    default:
      return [type, name, ...rest];
  }
}

function flagWords({ flags }: Command, chance: Chance): readonly string[] {
  const flag = chance.of(
    chance.below(8) === 0 ? [...flags, ...GLOBAL_FLAGS.filter(({ long }) => long !== 'help')] : flags.length === 0 ? GLOBAL_FLAGS : flags,
  );
  const value = valueFor(flag, chance);
  if (flag.bare !== null) return [chance.below(9) === 0 ? `--${flag.long}=${value}` : `--${flag.long}`];
  return flag.short !== null && chance.below(2) === 0 ? [`-${flag.short}`, value] : [`--${flag.long}=${value}`];
}

function valueFor({ long, type }: Flag, chance: Chance): string {
  const likely = Object.hasOwn(LIKELY, long) ? LIKELY[long] : undefined;
  if (likely !== undefined && chance.below(12) > 0) return chance.of(likely);
  if (type === 'switch') return chance.of(['true', 'false', 'maybe']);
  return chance.of(type === 'int' ? ['0', '1', '5', '-1', 'x'] : type === 'duration' ? ['1s', '0', 'x'] : ANY);
}
