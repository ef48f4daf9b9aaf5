// Faults of the course's first kind: refused or silent, because of the Service, its endpoints, its Pods.

import {
  type Fault,
  handWritten,
  inText,
  nameServers,
  port,
  TAINT,
  templateOf,
  theClient,
  theMaker,
  theService,
} from './breaking.test-support';

export const SERVICE_FAULTS: readonly Fault[] = [
  {
    name: 'the selector has a typing error',
    set: inText(({ service }) => {
      const [[key, value]] = Object.entries<string>(service.spec.selector) as [[string, string]];
      service.spec.selector[key] = `${value}x`;
    }),
    code: 'selector-matches-nothing',
    object: theService,
  },
  {
    name: 'the Pods bear another label',
    set: inText(({ service, templates, makers }) => {
      const [[key, value]] = Object.entries<string>(service.spec.selector).reverse() as [[string, string]];
      for (const template of templates) template.metadata.labels[key] = value.slice(0, -1);
      for (const maker of makers) if (maker.kind === 'Deployment') maker.spec.selector.matchLabels = templateOf(maker).metadata.labels;
    }),
    code: 'selector-matches-nothing',
    object: theService,
  },
  {
    name: 'the Service does not exist',
    set: inText(({ objects, service }) => objects.filter((object) => object !== service)),
    code: 'service-missing',
    object: theService,
  },
  {
    name: 'the Service has another name',
    set: inText(({ service }) => {
      service.metadata.name += 's';
    }),
    code: 'service-missing',
    object: theService,
  },
  {
    name: 'the Service lives in another namespace',
    set: inText(({ service, objects }) => {
      service.metadata.namespace = 'elsewhere';
      objects.push({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'elsewhere' } });
    }),
    code: 'service-in-other-namespace',
    object: theService,
  },
  {
    name: 'the workload has no Pods',
    set: inText(({ objects, makers }) => [
      ...objects.filter((object) => !makers.includes(object)),
      ...makers.slice(0, 1).map((maker) => {
        const { metadata, spec } = templateOf(maker);
        const template = { metadata: { labels: metadata.labels }, spec: { ...spec, nodeName: undefined } };
        const selector = { matchLabels: metadata.labels };
        return {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'empty', namespace: maker.metadata.namespace },
          spec: { replicas: 0, selector, template },
        };
      }),
    ]),
    code: 'workload-has-no-pods',
    object: () => ({ kind: 'Deployment', name: 'empty' }),
  },
  {
    name: 'the API server refuses the Service',
    set: inText(({ service }) => {
      port({ service }).port = 99999;
    }),
    code: 'object-refused',
    object: theService,
  },
  {
    name: 'the API server refuses the workload',
    set: inText(({ templates }) => {
      for (const { spec } of templates) spec.containers[0].name = 'Main_1';
    }),
    code: 'object-refused',
    object: theMaker,
  },
  {
    name: 'the readiness probe knocks at the wrong port',
    set: inText(({ templates }) => {
      for (const { spec } of templates) spec.containers[0].readinessProbe = { tcpSocket: { port: 1 } };
    }),
    code: 'pod-probe-fails',
    object: theMaker,
  },
  {
    name: 'the startup probe knows a port that has no name',
    set: inText(({ templates }) => {
      for (const { spec } of templates) spec.containers[0].startupProbe = { httpGet: { path: '/', port: 'nowhere' } };
    }),
    code: 'pod-probe-fails',
    object: theMaker,
  },
  {
    name: 'no node has the label that the Pods ask for',
    set: inText(({ templates }) => {
      for (const { spec } of templates) Object.assign(spec, { nodeName: undefined, nodeSelector: { gpu: 'true' } });
    }),
    code: 'pod-unschedulable',
    object: theMaker,
  },
  {
    name: 'the Pods are bound to a node that is not there',
    set: inText(({ templates }) => {
      for (const { spec } of templates) spec.nodeName = 'node-9';
    }),
    code: 'pod-node-missing',
    object: theMaker,
  },
  {
    name: 'every node is tainted',
    set: inText(({ objects, templates, client }) => {
      for (const { spec } of templates) delete spec.nodeName;
      client.spec.tolerations = [{ operator: 'Exists' }];
      const nodes = objects.filter(({ kind }) => kind === 'Node');
      for (const node of nodes) node.spec.taints = [TAINT];
      if (nodes.length === 0) {
        const named = { name: client.spec.nodeName };
        objects.push({ apiVersion: 'v1', kind: 'Node', metadata: named, spec: { taints: [TAINT] } });
      }
      objects.push(nameServers({ tolerations: [{ operator: 'Exists' }] }));
    }),
    code: 'pod-unschedulable',
    object: theMaker,
  },
  {
    name: 'the containers of the Pods crash',
    set: inText(({ templates, makers, objects, client }) => {
      const [template] = templates;
      const state = { waiting: { reason: 'CrashLoopBackOff' } };
      const status = {
        phase: 'Running',
        podIP: '10.1.1.77',
        conditions: [{ type: 'Ready', status: 'False' }],
        containerStatuses: [{ name: template.spec.containers[0].name, ready: false, restartCount: 7, state }],
      };
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { ...template.metadata, name: 'crashing', namespace: makers[0].metadata.namespace },
        spec: { ...template.spec, nodeName: client.spec.nodeName },
        status,
      };
      return [...objects.filter((object) => !makers.includes(object)), pod];
    }),
    code: 'pod-container-waiting',
    object: () => ({ kind: 'Pod', name: 'crashing' }),
  },
  {
    name: 'nobody writes endpoints',
    set: inText(({ service }) => {
      delete service.spec.selector;
    }),
    code: 'endpoints-not-written',
    object: theService,
  },
  {
    name: 'endpoints are written by hand for another port',
    set: inText(({ service, objects }) => {
      delete service.spec.selector;
      objects.push(handWritten(service, 'another', '192.0.2.7'));
    }),
    code: 'endpoint-port-differs',
    object: () => ({ kind: 'EndpointSlice', name: 'by-hand' }),
  },
  {
    name: 'the traffic policy keeps to a node without a Pod',
    set: inText(({ service, templates, client, objects }) => {
      Object.assign(service.spec, { internalTrafficPolicy: 'Local', type: 'ClusterIP' });
      const others = objects.filter(({ kind, metadata }) => kind === 'Node' && metadata.name !== client.spec.nodeName);
      for (const { spec } of templates) spec.nodeName = others[0]?.metadata.name ?? 'node-2';
    }),
    code: 'no-local-endpoint',
    object: theService,
  },
  {
    name: 'the client finds no node',
    set: inText(({ client }) => {
      Object.assign(client.spec, { nodeName: undefined, nodeSelector: { gpu: 'true' } });
    }),
    code: 'pod-unschedulable',
    object: theClient,
  },
];
