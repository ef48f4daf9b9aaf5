// The commands that would prove why a proxy answered as it did: its rules, the Service behind them, its log, and the question asked by hand.

import type { ObjectRef } from '../kube/ref';
import { NO_PROVENANCE } from '../net/provenance';
import type { ProxyAnswer, StepOf } from '../trace/step';
import { objectBehind } from './around';
import type { Told } from './language';

/** A command for kubectl or curl, and what to look for. */
export interface HttpProof {
  readonly command: string;
  readonly shows: Told;
}

export function httpProofs(routed: StepOf<'http-routed'>, why: ProxyAnswer | null): readonly HttpProof[] {
  const ref = objectBehind(routed.location?.provenance ?? routed.server?.provenance ?? NO_PROVENANCE);
  const service = routed.decision.upstream?.name ?? null;
  return [
    ...(ref === null ? [all(routed)] : [described(ref)]),
    ...(service === null || why === 'no-service' ? [] : [endpoints(service)]),
    ...(why === null || routed.program !== 'ingress-nginx' ? [] : [log()]),
  ];
}

function described({ kind, namespace, name }: ObjectRef): HttpProof {
  return { command: `kubectl describe ${kind.toLowerCase()} -n ${namespace ?? 'default'} ${name}`, shows: RULES };
}

function all({ program }: StepOf<'http-routed'>): HttpProof {
  return { command: `kubectl get ${program === 'gateway' ? 'gateways,httproutes' : 'ingresses,ingressclasses'} -A`, shows: HOSTS };
}

/** `shop/api:80`. */
function endpoints(upstream: string): HttpProof {
  const [namespace = 'default', service = ''] = upstream.replace(/:[^:]*$/, '').split('/');
  return { command: `kubectl get endpointslices -n ${namespace} -l kubernetes.io/service-name=${service}`, shows: ENDPOINTS };
}

function log(): HttpProof {
  return { command: 'kubectl logs -n ingress-nginx deployment/ingress-nginx-controller --tail=5', shows: LOG };
}

const RULES: Told = {
  en: 'hosts, paths and back ends, and the endpoints that each of them has',
  fr: 'les hôtes, les chemins, les destinations, et les endpoints de chacune',
};
const HOSTS: Told = { en: 'the class and the hosts of each', fr: 'la classe et les hôtes de chacun' };
const ENDPOINTS: Told = {
  en: 'the addresses that the proxy may ask: only those that are ready',
  fr: 'les adresses que le mandataire peut interroger\u00a0: celles qui sont prêtes, et elles seules',
};
const LOG: Told = {
  en: 'status, upstream address and its own status, at the end of the line',
  fr: 'en fin de ligne, le code, l’adresse interrogée et le code de celle-ci',
};
