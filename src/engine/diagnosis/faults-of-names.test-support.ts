// Faults of the second kind: the name does not resolve.

import { broken, type Fault, inText, nameServers, nameService, policy, retargeted, theClient, theService } from './breaking.test-support';

export const NAME_FAULTS: readonly Fault[] = [
  {
    name: 'a policy closes the way to the name servers',
    set: inText(({ client, objects, service }) => {
      const to = [{ podSelector: {}, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': service.metadata.namespace } } }];
      objects.push(policy(client.metadata.namespace, client.metadata.labels, { policyTypes: ['Egress'], egress: [{ to }] }));
    }),
    code: 'policy-drops',
    object: () => ({ kind: 'NetworkPolicy', name: 'surprise' }),
  },
  {
    name: 'the Service of the name servers selects nothing',
    set: inText(({ objects }) => [...objects, nameService({ selector: { 'k8s-app': 'coredns' } }), nameServers({})]),
    code: 'selector-matches-nothing',
    object: () => ({ kind: 'Service', name: 'kube-dns' }),
  },
  {
    name: 'the name servers find no node',
    set: inText(({ objects }) => [...objects, nameService({}), nameServers({ nodeSelector: { gpu: 'true' } })]),
    code: 'pod-unschedulable',
    object: () => ({ kind: 'Deployment', name: 'coredns' }),
  },
  {
    name: 'the name servers are scaled to nothing',
    set: inText(({ objects }) => [...objects, nameService({}), nameServers({}, 0)]),
    code: 'workload-has-no-pods',
    object: () => ({ kind: 'Deployment', name: 'coredns' }),
  },
  {
    name: 'the client asks the name servers of its node',
    set: inText(({ client }) => {
      client.spec.dnsPolicy = 'Default';
    }),
    code: 'name-server-not-cluster',
    object: theClient,
  },
  {
    name: 'the client asks a name server that is not there',
    set: inText(({ client }) => {
      Object.assign(client.spec, { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.9.9.9'], searches: ['svc.cluster.local'] } });
    }),
    code: 'name-server-not-cluster',
    object: theClient,
  },
  {
    name: 'the kubelets were told another address of the name server',
    set: (world) => broken(world, { settings: { clusterDNS: '10.152.183.99' as never } }),
    code: 'name-server-nobody',
    object: null,
  },
  {
    name: 'the client asks for a namespace that is misspelt',
    set: (world) => broken(world, { request: retargeted(world, `${world.service.name}.${world.service.namespace}x`) }),
    code: 'namespace-missing',
    object: ({ service }) => ({ kind: 'Namespace', name: `${service.namespace}x` }),
  },
  {
    name: 'the client asks for another domain',
    set: (world) => broken(world, { request: retargeted(world, `${world.service.name}.${world.service.namespace}.svc.cluster.lan`) }),
    code: 'name-wrong-domain',
    object: null,
  },
  {
    name: 'the Service stands for a name that nobody knows',
    set: inText(({ service }) => {
      service.spec = { type: 'ExternalName', externalName: 'gone.example' };
    }),
    code: 'external-name-unknown',
    object: theService,
  },
];
