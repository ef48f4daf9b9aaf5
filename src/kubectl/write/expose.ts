// `kubectl expose`: a Service for what a Pod, a Service or a workload already says of labels and ports (RunExpose of cmd/expose/expose.go).

import type { Json, JsonMap, StoredObject } from '../../engine/index';
import type { Answer } from '../answer';
import type { Call } from '../call';
import { at, isMap, listAt, textAt } from '../fields';
import { type ChosenObject, chosen } from './chosen';
import { createdAndTold } from './create';
import { exposing, type Labels, present } from './generators';
import { answered, begun, client, type Failure, failed, isFailure, refusedBy } from './progress';
import { labelSpec } from './run';

const EXPOSABLE = ['ReplicationController', 'Service', 'Pod', 'Deployment', 'ReplicaSet'];

export function expose(call: Call): Answer {
  const found = chosen(call, call.words);
  if (isFailure(found)) return refusedBy(call.server, found);
  const done = found.objects.reduce((progress, one) => {
    const object = exposed(call, one);
    return isFailure(object) ? failed(progress, object) : createdAndTold(progress, call, { object, prefix: null, operation: 'exposed' });
  }, begun(call.server));
  return answered(failed(done, ...found.failures));
}

function exposed(call: Call, { resource, live }: ChosenObject): JsonMap | Failure {
  const { flags } = call;
  if (!EXPOSABLE.includes(resource.kind))
    return client(`cannot expose a ${resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`}`);
  const selector = selectorFor(call, live);
  if (isFailure(selector)) return selector;
  const ports = portsFor(call, live);
  if (isFailure(ports)) return ports;
  const given = flags.one('labels');
  const labels = given === undefined ? { values: live.labels } : labelSpec(given);
  if (isFailure(labels)) return labels;
  const affinity = flags.one('session-affinity');
  if (affinity !== undefined && affinity !== 'None' && affinity !== 'ClientIP') return client(`unknown session affinity: ${affinity}`);
  const external = flags.one('external-ip');
  const named = { name: flags.one('name') ?? live.name.slice(0, 63), namespace: call.isNamespaceNamed ? call.namespace : undefined };
  return exposing(
    named,
    labels.values,
    present({
      type: flags.one('type'),
      clusterIP: flags.one('cluster-ip'),
      selector: selector.values,
      ports: ports.listed.length === 0 ? undefined : ports.listed,
      externalIPs: external === undefined ? undefined : [external],
      loadBalancerIP: flags.one('type') === 'LoadBalancer' ? flags.one('load-balancer-ip') : undefined,
      sessionAffinity: affinity,
    }),
  );
}

/** Only selectors of plain equalities become a Service's (MapBasedSelectorForObject). */
function selectorFor({ flags }: Call, { kind, json, labels }: StoredObject): { readonly values: Labels } | Failure {
  const given = flags.one('selector');
  if (given !== undefined) return labelSpec(given);
  const why = "couldn't retrieve selectors via --selector flag or introspection: ";
  if (kind === 'Pod')
    return Object.keys(labels).length === 0 ? client(`${why}the pod has no labels and cannot be exposed`) : { values: labels };
  const selector = at(json, 'spec', 'selector');
  const plain = kind === 'Service' || kind === 'ReplicationController' ? selector : at(selector, 'matchLabels');
  if (kind === 'Service' && !isMap(selector)) return client(`${why}the service has no pod selector set`);
  if (listAt(selector, 'matchExpressions').length > 0)
    return client(
      `${why}couldn't convert expressions - "${JSON.stringify(listAt(selector, 'matchExpressions'))}" to map-based selector format`,
    );
  return { values: isMap(plain) ? Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, String(value)])) : {} };
}

interface Port {
  readonly port: number;
  readonly protocol: string;
}

function portsFor({ flags }: Call, live: StoredObject): { readonly listed: readonly JsonMap[] } | Failure {
  const own = ownPorts(live);
  const given = flags.one('port');
  const numbers = given === undefined ? [...new Set(own.map(({ port }) => port))] : given.split(',').map(Number);
  const wrong = given?.split(',').find((text) => !/^\d+$/.test(text));
  if (wrong !== undefined) return client(`strconv.Atoi: parsing "${wrong}": invalid syntax`);
  if (numbers.length === 0 && flags.one('cluster-ip') !== 'None') return client("couldn't find port via --port flag or introspection");
  const target = flags.one('target-port');
  const listed = numbers.flatMap((port, index) => {
    const known = own.filter((one) => one.port === port).map(({ protocol }) => protocol);
    const protocols = flags.one('protocol') === undefined ? (known.length === 0 ? ['TCP'] : known) : [flags.one('protocol') ?? 'TCP'];
    return protocols.map((protocol) =>
      present({
        name: nameFor({ index, protocol, several: protocols.length > 1, all: numbers.length }),
        port,
        protocol,
        targetPort: target === undefined ? port : /^\d+$/.test(target) ? Number(target) : target,
      }),
    );
  });
  return { listed };
}

/** Several ports need names. */
function nameFor({
  index,
  protocol,
  several,
  all,
}: {
  index: number;
  protocol: string;
  several: boolean;
  all: number;
}): string | undefined {
  if (several) return `port-${index + 1}-${protocol.toLowerCase()}`;
  return all > 1 ? `port-${index + 1}` : undefined;
}

function ownPorts({ kind, json }: StoredObject): readonly Port[] {
  if (kind === 'Service') return listAt(json, 'spec', 'ports').map((port) => portOf(port, 'port'));
  const spec: Json | undefined = kind === 'Pod' ? at(json, 'spec') : at(json, 'spec', 'template', 'spec');
  return listAt(spec, 'containers').flatMap((container) => listAt(container, 'ports').map((port) => portOf(port, 'containerPort')));
}

function portOf(port: Json, field: string): Port {
  return { port: Number(textAt(port, field)), protocol: textAt(port, 'protocol') || 'TCP' };
}
