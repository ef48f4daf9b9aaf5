// A Deployment behind a Service with a client beside it, and what can be seen of it over time: through the engine's door alone, as the page and
// the commands see it.

import {
  beginLive,
  change,
  type Json,
  type JsonMap,
  known,
  type Live,
  type LiveChange,
  liveServer,
  load,
  type ScenarioRequest,
  type StoredObject,
  seek,
  sendNow,
} from './index';

export const CLIENT = `
apiVersion: v1
kind: Pod
metadata: { name: client }
spec: { nodeName: node-1, containers: [{ name: main, image: busybox, command: [sleep, "36000"] }] }
---`;

export const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: backend }
spec: { selector: { app: backend }, ports: [{ port: 80, targetPort: 8080 }] }
---`;

export interface Backend {
  readonly replicas?: number;
  readonly annotations?: string;
  readonly container?: string;
  readonly kind?: 'Deployment' | 'ReplicaSet' | 'ReplicationController';
  readonly spec?: string;
}

export function backend({ replicas = 3, annotations = '', container = '', kind = 'Deployment', spec = '' }: Backend = {}): string {
  const isOld = kind === 'ReplicationController';
  return `
apiVersion: ${isOld ? 'v1' : 'apps/v1'}
kind: ${kind}
metadata: { name: backend }
spec:
  replicas: ${replicas}
  selector: ${isOld ? '{ app: backend }' : '{ matchLabels: { app: backend } }'}
${spec}  template:
    metadata: { labels: { app: backend }, annotations: { ${annotations} } }
    spec:
      containers:
      - name: api
        image: registry.example/api:1.4
        ports: [{ containerPort: 8080 }]
${container}---`;
}

export const READINESS = '        readinessProbe: { httpGet: { path: /ready, port: 8080 }, initialDelaySeconds: 5, periodSeconds: 5 }\n';
export const LIVENESS = '        livenessProbe: { httpGet: { path: /live, port: 8080 }, periodSeconds: 5 }\n';
export const SHOP = CLIENT + SERVICE + backend({ container: READINESS });

export const begun = (text = SHOP): Live => seek(beginLive(load(text), text), 1000);
export const fromNothing = (text: string): Live => beginLive(load(text), text, 'nothing');

/** So many seconds later, and then all this. */
export function later(live: Live, seconds: number, ...changes: readonly LiveChange[]): Live {
  const at = live.at + Math.round(seconds * 1000);
  return changes.reduce(change, seek(known(live, at), at));
}

export const applied = (text: string): LiveChange => ({ kind: 'manifest', text });
export const ill = (pod: string, answers: number | 'hang' | 'down'): LiveChange => ({
  kind: 'set-fault',
  fault: { kind: 'ill', pod: `default/${pod}`, answers },
});
export const deleted = (kind: string, name: string): LiveChange => ({
  kind: 'delete',
  object: { kind, namespace: 'default', name },
  gracePeriodSeconds: null,
  cascade: true,
});

export function objects(live: Live, kind: string): readonly StoredObject[] {
  return liveServer(live).objects.filter((one) => one.kind === kind);
}

export function at(json: Json | undefined, ...way: readonly (string | number)[]): Json | undefined {
  return way.reduce<Json | undefined>(
    (value, key) => (value === null || typeof value !== 'object' ? undefined : (value as never)[key]),
    json,
  );
}

export function list(json: Json | undefined, ...way: readonly (string | number)[]): readonly JsonMap[] {
  const found = at(json, ...way);
  return Array.isArray(found) ? found : [];
}

export const addressOf = ({ json }: StoredObject): string => String(at(json, 'status', 'podIP'));
export const ownerOf = ({ json }: StoredObject): string =>
  `${at(json, 'metadata', 'ownerReferences', 0, 'kind')}/${at(json, 'metadata', 'ownerReferences', 0, 'name')}`;

export function backends(live: Live): readonly StoredObject[] {
  return objects(live, 'Pod').filter(({ labels }) => labels.app === 'backend');
}

export function restarts(live: Live): readonly number[] {
  return backends(live).map(({ json }) => Number(at(json, 'status', 'containerStatuses', 0, 'restartCount')));
}

/** The addresses of the Service's slices that are ready. */
export function ready(live: Live): readonly string[] {
  const slices = objects(live, 'EndpointSlice').filter(({ labels }) => labels['kubernetes.io/service-name'] === 'backend');
  const endpoints = slices.flatMap(({ json }) => list(json, 'endpoints'));
  return endpoints
    .filter((one) => at(one, 'conditions', 'ready') === true)
    .map((one) => String(at(one, 'addresses', 0)))
    .sort();
}

export const CALL: ScenarioRequest = { from: 'pod/client', to: 'http://backend/', protocol: 'TCP', via: null };

export function outcome(live: Live, request: ScenarioRequest = CALL, seed = 1) {
  const answer = sendNow(live, request, seed);
  if (answer.kind === 'refused') throw new Error(JSON.stringify(answer.problem));
  return answer.sent.told.trace.outcome;
}

/** What becomes of many calls: the Pod that answered, or why none did. */
export function ends(live: Live, request: ScenarioRequest = CALL, times = 40): readonly string[] {
  const all = Array.from({ length: times }, (_, seed) => outcome(live, request, seed + 1));
  return [...new Set(all.map((one) => (one.kind === 'delivered' ? `${one.owner} ${one.status ?? ''}`.trim() : one.kind)))].sort();
}

export const namesOf = (all: readonly StoredObject[]): readonly string[] => all.map(({ name }) => name);
