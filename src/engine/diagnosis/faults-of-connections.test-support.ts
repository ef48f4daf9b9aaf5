// Faults of the third kind: the name resolves, and the connection fails.

import {
  broken,
  commonLabels,
  type Fault,
  handWritten,
  inText,
  nameServers,
  nameService,
  policy,
  port,
  retargeted,
  rolesOf,
  sound,
  textOf,
  theService,
} from './breaking.test-support';

export const CONNECTION_FAULTS: readonly Fault[] = [
  {
    name: 'the target port is not the one of the programs',
    set: inText(({ service }) => {
      port({ service }).targetPort = 8999;
    }),
    code: 'nobody-listens',
    object: theService,
  },
  {
    name: 'the programs listen on another port than declared',
    set: inText(({ templates }) => {
      for (const { metadata, spec } of templates) {
        metadata.annotations = { 'kubehop.dev/listen': '6006' };
        for (const container of spec.containers) Object.assign(container, { readinessProbe: undefined, livenessProbe: undefined });
      }
    }),
    code: 'nobody-listens',
    object: theService,
  },
  {
    name: 'the target port has a name that the Pods lack',
    set: inText(({ service }) => {
      port({ service }).targetPort = 'grpc';
    }),
    code: 'target-port-name-missing',
    object: theService,
  },
  {
    name: 'the Service has another port than the client calls',
    set: inText(({ service }) => {
      port({ service }).port = 8088;
    }),
    code: 'service-port-missing',
    object: theService,
  },
  {
    name: 'the Service speaks UDP',
    set: inText(({ service, templates }) => {
      port({ service }).protocol = 'UDP';
      if (typeof port({ service }).targetPort === 'string')
        for (const { spec } of templates) spec.containers[0].ports.push({ ...spec.containers[0].ports[0], name: 'udp', protocol: 'UDP' });
    }),
    code: 'service-protocol-differs',
    object: theService,
  },
  {
    name: 'the client pings the Service',
    set: (world) => {
      const { cluster } = sound(world).built;
      const service = cluster.services.find(
        ({ metadata }) => metadata.namespace === world.service.namespace && metadata.name === world.service.name,
      );
      const address = service?.spec.clusterIPs[0] ?? '';
      return broken(world, { request: { to: `ping:${address}` } });
    },
    code: 'service-not-pingable',
    object: theService,
  },
  {
    name: 'the client remembers the address of a Pod that is gone',
    set: (world) => {
      const [range] = sound(world).built.cluster.nodes[0]?.spec.podCIDRs ?? [];
      const address = (range?.network ?? '').replace(/0$/, '200');
      return broken(world, { request: retargeted(world, address) });
    },
    code: 'address-of-nobody',
    object: null,
  },
  {
    name: 'a policy of the server keeps the client out',
    set: inText(({ templates, objects, service }) => {
      for (const object of [...objects]) if (object.kind === 'NetworkPolicy') objects.splice(objects.indexOf(object), 1);
      objects.push(
        policy(service.metadata.namespace, commonLabels(templates), {
          policyTypes: ['Ingress'],
          ingress: [{ from: [{ podSelector: { matchLabels: { app: 'friend' } } }] }],
        }),
      );
    }),
    code: 'policy-drops',
    object: () => ({ kind: 'NetworkPolicy', name: 'surprise' }),
  },
  {
    name: 'a policy of the client lets it ask for names only',
    set: inText(({ client, objects }) => {
      const to = [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }];
      objects.push(policy(client.metadata.namespace, client.metadata.labels, { policyTypes: ['Egress'], egress: [{ to }] }));
    }),
    code: 'policy-drops',
    object: () => ({ kind: 'NetworkPolicy', name: 'surprise' }),
  },
  {
    name: 'endpoints are written by hand for an address that nobody has',
    set: inText(({ service, objects }) => {
      delete service.spec.selector;
      service.spec.ipFamilyPolicy = 'SingleStack';
      const [nodeRange] =
        sound({
          name: '',
          text: textOf(objects),
          settings: {},
          request: { from: '', to: '', protocol: 'TCP', via: null },
          service: service.metadata,
          client: service.metadata,
        }).built.cluster.nodes[0]?.spec.podCIDRs ?? [];
      objects.push(handWritten(service, port({ service }).name ?? '', (nodeRange?.network ?? '').replace(/0$/, '250')));
    }),
    code: 'endpoint-of-nobody',
    object: () => ({ kind: 'EndpointSlice', name: 'by-hand' }),
  },
  {
    name: 'the Service is headless, and the client calls its port',
    set: inText(({ service, templates }) => {
      Object.assign(service.spec, { clusterIP: 'None', type: 'ClusterIP' });
      const own = templates[0].spec.containers[0].ports[0].containerPort;
      if (port({ service }).port === own) {
        port({ service }).targetPort = 5673;
        for (const { metadata, spec } of templates) {
          metadata.annotations = { 'kubehop.dev/listen': '5673' };
          for (const container of spec.containers) Object.assign(container, { readinessProbe: undefined });
        }
      }
    }),
    code: 'headless-port',
    object: theService,
  },
  {
    name: 'the cluster has no Pod network',
    set: (world) => {
      const { objects, client, templates } = rolesOf(world);
      const nodes = objects.filter(({ kind }) => kind === 'Node').map(({ metadata }) => metadata.name);
      const other = (nodes.length === 0 ? ['node-1', 'node-2'] : nodes).find((name: string) => name !== client.spec.nodeName);
      for (const { spec } of templates) spec.nodeName = other;
      objects.push(nameService({}), nameServers({ nodeName: client.spec.nodeName }));
      return broken(world, { text: textOf(objects), settings: { network: 'none', proxyMode: 'iptables' } });
    },
    code: 'no-pod-network',
    object: null,
  },
];
