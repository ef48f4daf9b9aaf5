// The conformance cases by family: the part of a case's id before its number. The list of families that pass whole may only grow.

import { describe, expect, test } from 'vitest';
import type { ProxyModeName } from '../controlplane/cluster';
import dns from '../vectors/dns.json';
import endpoints from '../vectors/endpoints.json';
import env from '../vectors/env.json';
import ingress from '../vectors/ingress.json';
import kubeproxy from '../vectors/kubeproxy.json';
import netpol from '../vectors/netpol.json';
import validation from '../vectors/validation.json';
import { holds, verifyCase } from './case';

const FILES = { kubeproxy, dns, env, endpoints, validation, netpol, ingress } as const;

/** Families of which every case holds that is valid in iptables mode. */
const PASSING: Readonly<Record<keyof typeof FILES, readonly string[]>> = {
  kubeproxy: [
    'kp-affinity',
    'kp-clusterip',
    'kp-etp-cluster',
    'kp-etp-local',
    'kp-healthcheck',
    'kp-itp',
    'kp-lb',
    'kp-lb-ipmode',
    'kp-masq-all',
    'kp-masq-all-nodetect',
    'kp-masq-base',
    'kp-masq-nodetect',
    'kp-nodeport',
    'kp-nodeport-ipv6',
    'kp-noendpoints',
    'kp-slices',
    'kp-term-cluster',
    'kp-term-local',
    'kp-topo',
    'kp-topo-node',
    'kp-trafficdist',
  ],
  dns: [
    'dns-absent',
    'dns-apex',
    'dns-case',
    'dns-clusterip',
    'dns-config-merge',
    'dns-externalname',
    'dns-forward',
    'dns-headless',
    'dns-hostname',
    'dns-microk8s',
    'dns-pod-disabled',
    'dns-pod-insecure',
    'dns-pod-verified',
    'dns-policy-default',
    'dns-policy-none',
    'dns-ptr',
    'dns-resolver',
    'dns-statefulset',
    'dns-upstream-down',
    'dns-wildcard',
    'dns-zone',
  ],
  env: [
    'env-basic',
    'env-declared',
    'env-default',
    'env-dualstack',
    'env-envfrom',
    'env-expand',
    'env-ipv6',
    'env-multiport',
    'env-noip',
    'env-nolinks',
    'env-ns',
    'env-order',
    'env-ownkube',
    'env-sctp',
    'env-seed',
    'env-types',
  ],
  endpoints: ['ep'],
  validation: [
    'val-aff',
    'val-doc',
    'val-eps',
    'val-ext',
    'val-ing',
    'val-ip',
    'val-meta',
    'val-nodeport',
    'val-np',
    'val-odd',
    'val-pod',
    'val-pol',
    'val-port',
    'val-probe',
    'val-type',
    'val-wl',
  ],
  netpol: ['np-def', 'np-dns', 'np-e2e', 'np-host', 'np-node', 'np-out', 'np-peer', 'np-port', 'np-rec', 'np-rule', 'np-self', 'np-svc'],
  ingress: [
    'gw-backend',
    'gw-header',
    'gw-host',
    'gw-match',
    'gw-method',
    'gw-path',
    'gw-tie',
    'gw-weight',
    'ing-backend',
    'ing-class',
    'ing-default',
    'ing-host',
    'ing-merge',
    'ing-path',
    'ing-tls',
  ],
};

function familyOf(id: string): string {
  return id.replace(/-[^-]*$/, '');
}

/** The same in nftables mode; the cases of node ports on ::1 are of iptables alone. */
const PASSING_IN_NFTABLES = PASSING.kubeproxy.filter((family) => family !== 'kp-nodeport-ipv6');

/** The same in IPVS mode, of which the others say nothing. */
const PASSING_IN_IPVS = [
  'kp-clusterip',
  'kp-etp-cluster',
  'kp-healthcheck',
  'kp-ipvs',
  'kp-itp',
  'kp-lb',
  'kp-lb-ipmode',
  'kp-nodeport',
  'kp-noendpoints',
  'kp-slices',
  'kp-term-cluster',
  'kp-term-local',
  'kp-topo',
  'kp-topo-node',
  'kp-trafficdist',
];

function passing(cases: readonly { readonly id: string }[], mode: ProxyModeName): readonly string[] {
  const judged = cases.flatMap((one) => {
    const verified = verifyCase(one, mode);
    return verified === null ? [] : [{ family: familyOf(one.id), ok: holds(verified) === true }];
  });
  const failed = new Set(judged.filter(({ ok }) => !ok).map(({ family }) => family));
  return [...new Set(judged.map(({ family }) => family))].filter((family) => !failed.has(family)).sort();
}

describe('the conformance families', () => {
  test.each(Object.keys(FILES) as (keyof typeof FILES)[])('of %s that pass are those of the list', (file) => {
    expect(passing(FILES[file], 'iptables')).toEqual(PASSING[file]);
  });

  test('of kube-proxy that pass in nftables mode are those of the list', () => {
    expect(passing(kubeproxy, 'nftables')).toEqual(PASSING_IN_NFTABLES);
  });

  test.each(['nftables', 'ipvs'] as const)('of Ingress and Gateway that pass in the mode %s are the same', (mode) => {
    expect(passing(ingress, mode)).toEqual(PASSING.ingress);
  });

  test.each(['nftables', 'ipvs'] as const)('of network policies that pass in the mode %s are the same', (mode) => {
    expect(passing(netpol, mode)).toEqual(PASSING.netpol);
  });

  test('of kube-proxy that pass in IPVS mode are all that are valid in it', () => {
    expect(passing(kubeproxy, 'ipvs')).toEqual(PASSING_IN_IPVS);
  });
});
