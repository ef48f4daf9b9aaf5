// The history of a cluster as the Events that its parts would have written: what `kubectl get events` and `describe` show. The same event of
// the same object is one Event with a count, as client-go's correlator makes it. Reasons and messages are those of the real parts.

import { failedScheduling } from './controlplane/failed-scheduling';
import type { ObjectRef } from './kube/ref';
import { formatTimestamp } from './kube/timestamp';
import type { StoredObject } from './objects';
import { type Happening, type Part, type ProbeAnswer, type Workload, workloadOf } from './timeline/happening';
import type { Life } from './timeline/life';

interface Said {
  readonly about: ObjectRef;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly component: string;
  readonly host: string | null;
  /** The container of the Pod that it is about (`involvedObject.fieldPath`), as `spec.containers{web}`; null for the object as a whole. */
  readonly fieldPath: string | null;
}

/** Without the container, which the happening itself tells. */
type Saying = Omit<Said, 'fieldPath'>;

export function eventObjects({ past, happenings, epoch, cluster }: Life): readonly StoredObject[] {
  const merged = new Map<string, Merged>();
  for (const happening of [...past, ...happenings])
    for (const each of eventsOf(happening)) {
      const said = { ...each, fieldPath: fieldPathOf(happening, cluster) };
      const key = JSON.stringify(said);
      const known = merged.get(key);
      const { number, first } = known ?? { number: merged.size, first: happening.at };
      merged.set(key, { said, number, first, last: happening.at, count: (known?.count ?? 0) + 1 });
    }
  return [...merged.values()].map((event) => stored(event, epoch)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Which container it happened to. Of a Pod that is gone, its ordinary ones are meant. */
function fieldPathOf(happening: Happening, { pods }: Life['cluster']): string | null {
  if (!('container' in happening) || happening.object === null) return null;
  const { object, container } = happening;
  const pod = pods.find(({ metadata }) => metadata.name === object.name && metadata.namespace === object.namespace);
  const isInit = pod?.spec.initContainers.some(({ name }) => name === container) === true;
  return `spec.${isInit ? 'initContainers' : 'containers'}{${container}}`;
}

/** The same said several times, at instants of the life in milliseconds; `number` counts what was said for the first time. */
interface Merged {
  readonly said: Said;
  readonly number: number;
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** An Event's name ends in the nanosecond of its first time (client-go's GenerateEventName): names are in the order of time. */
function stored({ said, number, first, last, count }: Merged, epoch: number): StoredObject {
  const namespace = said.about.namespace ?? 'default';
  const name = `${said.about.name}.${(BigInt(Math.round(epoch + first)) * 1_000_000n + BigInt(number)).toString(16)}`;
  const [firstTimestamp, lastTimestamp] = [formatTimestamp(epoch + first), formatTimestamp(epoch + last)];
  return {
    kind: 'Event',
    namespace,
    name,
    labels: {},
    json: {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace, creationTimestamp: firstTimestamp },
      involvedObject: {
        kind: said.about.kind,
        name: said.about.name,
        ...(said.about.namespace === null ? {} : { namespace: said.about.namespace }),
        ...(said.fieldPath === null ? {} : { fieldPath: said.fieldPath }),
      },
      type: said.type,
      reason: said.reason,
      message: said.message,
      source: { component: said.component, ...(said.host === null ? {} : { host: said.host }) },
      reportingComponent: said.component,
      firstTimestamp,
      lastTimestamp,
      count,
    },
  };
}

const NODES = 'node-controller';

function eventsOf(happening: Happening): readonly Saying[] {
  const { object, by } = happening;
  if (object === null) return [];
  const say = (type: Said['type'], reason: string, message: string): readonly Saying[] => [
    { about: object, type, reason, message, component: by.name, host: by.node },
  ];
  switch (happening.code) {
    case 'scheduled':
      return say('Normal', 'Scheduled', `Successfully assigned ${object.namespace}/${object.name} to ${happening.node}`).map(asScheduler);
    case 'unschedulable':
      return say('Warning', 'FailedScheduling', failedScheduling(happening.refusals)).map(asScheduler);
    case 'image-pulled':
    case 'image-checked':
      return [...say('Normal', 'Pulling', `Pulling image "${happening.image}"`), ...say('Normal', 'Pulled', pulled(happening))];
    case 'image-present':
      return say('Normal', 'Pulled', `Container image "${happening.image}" already present on machine and can be accessed by the pod`);
    case 'image-missing':
      return [
        ...say('Warning', 'ErrImageNeverPull', `Container image "${happening.image}" is not present with pull policy of Never`),
        ...say('Warning', 'Failed', 'Error: ErrImageNeverPull'),
      ];
    case 'pull-failed':
      return [
        ...say('Warning', 'Failed', `Failed to pull image "${happening.image}": ${happening.image}: not found`),
        ...say('Warning', 'Failed', 'Error: ErrImagePull'),
      ];
    case 'pull-backed-off':
      return [
        ...say('Normal', 'BackOff', `Back-off pulling image "${happening.image}"`),
        ...say('Warning', 'Failed', 'Error: ImagePullBackOff'),
      ];
    case 'container-started':
      return [...say('Normal', 'Created', 'Container created'), ...say('Normal', 'Started', 'Container started')];
    case 'container-told-to-end':
      return say('Normal', 'Killing', killing(happening.container, happening.why));
    case 'config-missing':
      return say('Warning', 'Failed', `Error: ${happening.why}`);
    case 'mount-failed':
      return say('Warning', 'FailedMount', `MountVolume.SetUp failed for volume "${happening.volume}" : ${happening.why}`);
    case 'post-start-failed':
      return [...say('Warning', 'FailedPostStartHook', 'PostStartHook failed'), ...say('Normal', 'Killing', 'FailedPostStartHook')];
    case 'backing-off':
      return say(
        'Warning',
        'BackOff',
        `Back-off restarting failed container ${happening.container} in pod ${object.name}_${object.namespace}`,
      );
    case 'probe-failed':
      return say('Warning', 'Unhealthy', `${capital(happening.role)} probe ${failure(happening.answer)}`);
    case 'scaled':
      return say('Normal', 'ScalingReplicaSet', scaling(happening)).map((said) => ({ ...said, host: null }));
    case 'created':
      return madeBy(happening);
    case 'deletion-begun':
    case 'deleted':
      return deletedBy(happening);
    case 'evicted':
      return [
        {
          about: object,
          type: 'Normal',
          reason: 'TaintManagerEviction',
          message: `Marking for deletion Pod ${object.namespace}/${object.name}`,
          component: 'taint-eviction-controller',
          host: null,
        },
      ];
    case 'node-unreachable':
      return [
        {
          about: object,
          type: 'Normal',
          reason: 'NodeNotReady',
          message: `Node ${object.name} status is now: NodeNotReady`,
          component: NODES,
          host: null,
        },
      ];
    case 'node-ready':
      return say('Normal', 'NodeReady', `Node ${object.name} status is now: NodeReady`);
    default:
      return [];
  }
}

/** The size of the image is not known here, which the kubelet tells as well. */
function pulled({ image, took }: { readonly image: string; readonly took: number }): string {
  const time = took < 1000 ? `${took}ms` : `${took / 1000}s`;
  return `Successfully pulled image "${image}" in ${time} (${time} including waiting).`;
}

function asScheduler(said: Saying): Saying {
  return { ...said, component: 'default-scheduler', host: null };
}

function killing(container: string, why: string): string {
  if (why === 'definition') return `Container ${container} definition changed, will be restarted`;
  return why === 'deletion' ? `Stopping container ${container}` : `Container ${container} failed ${why} probe, will be restarted`;
}

function scaling({ target, from, to }: Extract<Happening, { code: 'scaled' }>): string {
  return `Scaled ${to > from ? 'up' : 'down'} replica set ${target.name} from ${from} to ${to}`;
}

/** A Pod that a controller made is told of by the object that wanted it. */
function madeBy({ object, by }: Happening): readonly Saying[] {
  const made = makingOf(by);
  if (object === null || made === null || object.kind !== made.kind) return [];
  const maker = makerOf(object, made.owner);
  const message = said(made, 'create', { maker, object });
  return [{ about: maker, type: 'Normal', reason: 'SuccessfulCreate', message, component: by.name, host: null }];
}

/** Names of what is made begin with the name of who made it. */
function makerOf({ namespace, name }: ObjectRef, kind: string): ObjectRef {
  return { kind, namespace, name: name.slice(0, name.lastIndexOf('-')) };
}

function deletedBy({ object, by }: Happening): readonly Saying[] {
  const made = makingOf(by);
  if (object === null || made === null || object.kind !== made.kind) return [];
  const maker = makerOf(object, made.owner);
  const message = said(made, 'delete', { maker, object });
  return [{ about: maker, type: 'Normal', reason: 'SuccessfulDelete', message, component: by.name, host: null }];
}

/** The StatefulSet controller has words of its own (recordPodEvent of stateful_pod_control.go). */
function said(
  { owner, said: kind }: Making,
  verb: 'create' | 'delete',
  { maker, object }: { maker: ObjectRef; object: ObjectRef },
): string {
  if (owner === 'StatefulSet') return `${verb} Pod ${object.name} in StatefulSet ${maker.name} successful`;
  return `${verb === 'create' ? 'Created' : 'Deleted'} ${kind} ${object.name}`;
}

interface Making {
  readonly owner: Workload;
  readonly kind: 'Pod' | 'Job';
  /** As the controller calls it. */
  readonly said: string;
}

/** A Deployment tells of its ReplicaSets when it scales them. */
function makingOf({ name }: Part): Making | null {
  const owner = workloadOf(name);
  if (owner === null || owner === 'Deployment') return null;
  return owner === 'CronJob' ? { owner, kind: 'Job', said: 'job' } : { owner, kind: 'Pod', said: 'pod:' };
}

/** In the words of the kubelet's prober, and of Go's net package behind it. */
function failure(answer: ProbeAnswer): string {
  switch (answer.kind) {
    case 'status':
      return `failed: HTTP probe failed with statuscode: ${answer.status}`;
    case 'errored':
      return `errored and resulted in unknown state: strconv.Atoi: parsing "${answer.port}": invalid syntax`;
    case 'plain':
    case 'refused':
    case 'timeout':
      return `failed: ${unanswered(answer)}`;
    case 'timed-out':
      return 'failed: command timed out';
    case 'failed':
    case 'open':
    case 'ran':
      return 'failed: ';
  }
}

function unanswered({ kind, asked }: Extract<ProbeAnswer, { readonly asked: unknown }>): string {
  if (asked.kind === 'grpc')
    return `timeout: failed to connect service "${asked.address}" within ${asked.timeoutSeconds}s: context deadline exceeded`;
  const refused = `dial tcp ${asked.address}: connect: connection refused`;
  if (asked.kind === 'tcp') return kind === 'timeout' ? `dial tcp ${asked.address}: i/o timeout` : refused;
  if (kind === 'plain') return `Get "${asked.url}": http: server gave HTTP response to HTTPS client`;
  const late = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
  return `Get "${asked.url}": ${kind === 'timeout' ? late : refused}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
