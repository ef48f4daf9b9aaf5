// What generated clusters and requests must hold, each at least ten times in two hundred clusters.

export const FEATURES = [
  'NodePort',
  'load balancer address',
  'externalIP',
  'externalTrafficPolicy Local',
  'internalTrafficPolicy Local',
  'affinity',
  'no endpoint',
  'not ready',
  'terminating',
  'hairpin',
  'hostNetwork',
  'source pod',
  'source node',
  'source outside',
  'UDP',
  'ICMP',
  'IPv6',
  'overlay',
  'two Services with one pod',
  'policy',
] as const;

export type Feature = (typeof FEATURES)[number];
