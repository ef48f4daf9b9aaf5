// `kubectl create`: an object of a file, or one that the flags describe. Left out: quota, role, rolebinding, pdb, priorityclass, token,
// secret tls and docker-registry, --from-file.

import type { ApiServer, JsonMap } from '../../engine/index';
import { type Answer, refused, unexpected } from '../answer';
import type { Call, Verb } from '../call';
import { created } from './cluster-change';
import {
  configMap,
  cronJob,
  deployment,
  job,
  type Labels,
  type Named,
  namespace,
  secret,
  service,
  serviceAccount,
  type TcpPort,
} from './generators';
import { ingress, ingressProblem } from './ingress-generator';
import { manifestInput } from './manifest-input';
import { dryRun, inWords, numberIn, printed } from './options';
import { answered, begun, client, type Failure, failed, isFailure, onServer, type Progress, refusedBy, warned } from './progress';

/** The object that a sub-command makes of its flags, or why it does not. */
type Generator = (call: Call, named: Named) => JsonMap | Failure;

interface Subcommand {
  readonly make: Generator;
  /** Before failures that kubectl tells as its own; null where the API server speaks. */
  readonly prefix: string | null;
}

export const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  deployment: { make: makeDeployment, prefix: 'failed to create deployment: ' },
  'service clusterip': { make: (call, named) => makeService(call, named, 'ClusterIP'), prefix: 'failed to create ClusterIP service: ' },
  'service nodeport': { make: (call, named) => makeService(call, named, 'NodePort'), prefix: 'failed to create NodePort service: ' },
  'service loadbalancer': {
    make: (call, named) => makeService(call, named, 'LoadBalancer'),
    prefix: 'failed to create LoadBalancer service: ',
  },
  'service externalname': {
    make: (call, named) => makeService(call, named, 'ExternalName'),
    prefix: 'failed to create ExternalName service: ',
  },
  configmap: { make: makeConfigMap, prefix: 'failed to create configmap: ' },
  'secret generic': { make: makeSecret, prefix: 'failed to create secret ' },
  namespace: { make: (_, { name }) => namespace(name), prefix: null },
  ingress: { make: makeIngress, prefix: 'failed to create ingress: ' },
  job: { make: makeJob, prefix: 'failed to create job: ' },
  cronjob: { make: makeCronJob, prefix: 'failed to create cronjob: ' },
  serviceaccount: { make: (_, named) => serviceAccount(named), prefix: 'failed to create serviceaccount: ' },
};

/** `create deployment web …`: the words of the sub-command are taken off. */
export function createNamed(subcommand: string): Verb {
  return (call) => {
    const { make, prefix } = SUBCOMMANDS[subcommand] ?? { make: () => client(`unknown command "${subcommand}"`), prefix: null };
    const [name, ...more] = call.words;
    if (name === undefined || more.length > 0)
      return refused(
        `exactly one NAME is required, got ${call.words.length}`,
        `See 'kubectl create ${subcommand} -h' for help and examples`,
      );
    const object = make(call, { name, namespace: call.isNamespaceNamed ? call.namespace : undefined });
    return isFailure(object)
      ? refusedBy(call.server, object)
      : answered(createdAndTold(begun(call.server), call, { object, prefix, operation: 'created' }));
  };
}

export interface Making {
  readonly object: JsonMap;
  /** Before failures that kubectl tells as its own; null where the API server speaks. */
  readonly prefix: string | null;
  /** `created`, `exposed`, `autoscaled`. */
  readonly operation: string;
}

/** The object is made and told, or only told; a failure carries the words of the command that makes it. */
export function createdAndTold(progress: Progress, call: Call, { object, prefix, operation }: Making): Progress {
  const server = dryRun(call) === 'client' ? progress.server : created(progress.server, { object, namespace: call.namespace });
  if (isFailure(server)) return failed(progress, prefix === null ? server : asClient(server, prefix));
  return told(progress, call, { object, operation, server });
}

/** What was done is told; with a dry run that is all. */
export function told(
  progress: Progress,
  call: Call,
  { object, operation, server }: { readonly object: JsonMap; readonly operation: string; readonly server: ApiServer },
): Progress {
  const mode = dryRun(call);
  const after = mode === 'none' ? onServer(progress, server) : progress;
  const shown = printed(after, call, { object, operation: inWords(operation, mode) });
  return isFailure(shown) ? failed(after, shown) : shown;
}

/** `create deployment` prints the API server's message as its own (fmt.Errorf with %v). */
function asClient(failure: Failure, prefix: string): Failure {
  if (failure.kind === 'server') return client(prefix + failure.text);
  if (failure.kind !== 'invalid') return failure;
  const { object, causes } = failure;
  const listed = causes.length === 1 ? causes.join('') : `[${causes.join(', ')}]`;
  return client(`${prefix}${object.kind}${object.group === '' ? '' : `.${object.group}`} "${object.name}" is invalid: ${listed}`);
}

/** `create -f`: each object of the files. */
export function createFromFiles(call: Call): Answer {
  if (call.flags.all('filename').length === 0) return call.words.length > 0 ? unexpected(call) : refused('must specify one of -f and -k');
  const input = manifestInput(call, { verb: 'create' });
  if (isFailure(input)) return refusedBy(call.server, input);
  const noted = input.notes.reduce(warned, begun(call.server));
  return answered(
    input.objects.reduce((progress, { json, source, document, isEditor }) => {
      const creation = {
        object: json,
        namespace: call.namespace,
        document: isEditor ? null : document,
        sourced: { verb: 'creating', source },
      };
      const server = dryRun(call) === 'client' ? progress.server : created(progress.server, creation);
      return isFailure(server) ? failed(progress, server) : told(progress, call, { object: json, operation: 'created', server });
    }, noted),
  );
}

function makeDeployment(call: Call, named: Named): JsonMap | Failure {
  const images = call.flags.all('image').flatMap((given) => given.split(','));
  if (images.length === 0) return client('required flag(s) "image" not set');
  if (images.length > 1 && call.behind.length > 0) return client('cannot specify multiple --image options and command');
  return deployment({ ...named, images, replicas: numberIn(call, 'replicas') ?? 1, port: numberIn(call, 'port'), command: call.behind });
}

function makeService(call: Call, named: Named, type: string): JsonMap | Failure {
  const externalName = call.flags.one('external-name');
  if (type === 'ExternalName' && externalName === undefined) return client('required flag(s) "external-name" not set');
  const ports = call.flags
    .all('tcp')
    .flatMap((given) => given.split(','))
    .map(tcpPort);
  const wrong = ports.find(isFailure);
  if (wrong !== undefined) return wrong;
  const clusterIP = call.flags.one('clusterip');
  if (clusterIP === 'None' && type !== 'ClusterIP') return client('ClusterIP=None can only be used with ClusterIP service type');
  if (ports.length === 0 && clusterIP !== 'None' && type !== 'ExternalName')
    return client('at least one tcp port specifier must be provided');
  return service({
    ...named,
    type,
    ports: ports.flatMap((port) => (isFailure(port) ? [] : [port])),
    nodePort: numberIn(call, 'node-port'),
    clusterIP,
    externalName,
  });
}

function tcpPort(written: string): TcpPort | Failure {
  const [port = '', target] = written.split(':');
  const number = Number(port);
  if (!/^\d+$/.test(port) || number > 65_535) return client(`unable to parse port: strconv.ParseUint: parsing "${port}": invalid syntax`);
  if (target === undefined) return { written, port: number, targetPort: number };
  const isNumber = /^\d+$/.test(target);
  if (isNumber && (Number(target) < 1 || Number(target) > 65_535)) return client('must be between 1 and 65535, inclusive');
  return { written, port: number, targetPort: isNumber ? Number(target) : target };
}

function makeConfigMap(call: Call, named: Named): JsonMap | Failure {
  const entries = literals(call, `ConfigMap "${named.name}"`);
  return isFailure(entries) ? entries : configMap(named, entries.values);
}

function makeSecret(call: Call, named: Named): JsonMap | Failure {
  const entries = literals(call, `Secret "${named.name}"`);
  return isFailure(entries) ? entries : secret(named, entries.values, call.flags.one('type'));
}

/** `--from-literal key=value`; quotes around the value go. */
function literals({ flags }: Call, owner: string): { readonly values: Labels } | Failure {
  if (flags.all('from-file').length + flags.all('from-env-file').length > 0)
    return { kind: 'not-simulated', text: 'kubectl create --from-file is not simulated' };
  const values: Record<string, string> = {};
  for (const literal of flags.all('from-literal')) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(literal) ?? [];
    if (key === undefined || value === undefined) return client(`invalid literal source ${literal}, expected key=value`);
    if (Object.hasOwn(values, key)) return client(`cannot add key "${key}", another key by that name already exists in Data for ${owner}`);
    values[key] = /^(['"]).*\1$/s.test(value) ? value.slice(1, -1) : value;
  }
  return { values };
}

function makeIngress({ flags }: Call, named: Named): JsonMap | Failure {
  const pairs = flags.all('annotation').map((given) => given.split(/=(.*)/s));
  const wrong = flags.all('annotation').find((given) => !given.includes('='));
  if (wrong !== undefined) return client(`annotation ${wrong} is invalid and should be in format key=[value]`);
  const wish = {
    ...named,
    className: flags.one('class'),
    rules: flags.all('rule'),
    defaultBackend: flags.one('default-backend'),
    annotations: Object.fromEntries(pairs.map(([key = '', value = '']) => [key, value])),
  };
  const problem = ingressProblem(wish);
  return problem === null ? ingress(wish) : client(problem);
}

function makeJob(call: Call, named: Named): JsonMap | Failure {
  const [image, from] = [call.flags.one('image'), call.flags.one('from')];
  if ((image === undefined) === (from === undefined)) return client('either --image or --from must be specified');
  if (image !== undefined) return job({ ...named, image, command: call.behind, restartPolicy: 'Never' });
  if (call.behind.length > 0) return client('cannot specify --from and command');
  return fromCronJob(call, named, from ?? '');
}

function fromCronJob({ server, namespace: of }: Call, named: Named, from: string): JsonMap | Failure {
  const [, name] = /^cronjobs?(?:\.batch)?\/(.+)$/.exec(from) ?? [];
  if (name === undefined) return client('from must be an existing cronjob');
  const owner = server.objects.find((one) => one.kind === 'CronJob' && one.namespace === of && one.name === name);
  if (owner === undefined) return { kind: 'server', reason: 'NotFound', text: `cronjobs.batch "${name}" not found` };
  const made = job({ ...named, image: '', command: [], restartPolicy: 'Never' });
  const spec = owner.json.spec;
  const template = typeof spec === 'object' && spec !== null && 'jobTemplate' in spec ? spec.jobTemplate : undefined;
  const inner = typeof template === 'object' && template !== null && 'spec' in template ? template.spec : undefined;
  const metadata = { name: named.name, annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' } };
  return inner === undefined ? client('from must be an existing cronjob') : { ...made, metadata, spec: inner };
}

function makeCronJob(call: Call, named: Named): JsonMap | Failure {
  const [image, schedule] = [call.flags.one('image'), call.flags.one('schedule')];
  const missing = [...(image === undefined ? ['"image"'] : []), ...(schedule === undefined ? ['"schedule"'] : [])];
  if (image === undefined || schedule === undefined) return client(`required flag(s) ${missing.join(', ')} not set`);
  return cronJob({ ...named, image, schedule, command: call.behind, restartPolicy: call.flags.one('restart') ?? 'OnFailure' });
}
