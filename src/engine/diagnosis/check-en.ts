// English: what each check asks, and what it found.

import type { Catalogue } from '../explain/language';
import { list, times } from '../explain/words-en';
import type { CheckFact } from './check-fact';
import type { About, Verdict } from './diagnosis';

/** What the checks are about: headings. */
export const ABOUT_EN: Readonly<Record<About, string>> = {
  client: 'The client',
  name: 'The name',
  'name-server': 'The name server',
  service: 'The Service or address',
  proxy: 'The proxy',
  'back-end': 'The back end',
};

export const CHECK_TITLES_EN: Readonly<Record<CheckFact['code'], string>> = {
  'client-runs': 'Does the client run?',
  'request-answered': 'What does its program see?',
  'name-resolves': 'Does the name resolve?',
  'resolv-conf': 'Whom does it ask for names?',
  'name-record': 'Does the name server know the name?',
  'address-owner': 'Whose address is it?',
  'service-exists': 'Does the Service exist?',
  'service-port': 'Has it the port that is called?',
  endpoints: 'Has it endpoints?',
  'pods-selected': 'Do Pods bear its labels?',
  'pods-ready': 'Are these Pods ready?',
  'pod-runs': 'Does the Pod run?',
  'program-listens': 'Does a program listen on the port?',
  'traffic-policy': 'Is there an endpoint on the node that has to serve?',
  'source-ranges': 'May this client come in?',
  'node-rules': 'Has the node its rules?',
  'policies-allow': 'Do NetworkPolicies let it through?',
  way: 'Does the packet arrive, and its answer return?',
  'proxy-rule': 'Which rule takes the request?',
  answer: 'What does the program answer?',
  'every-back-end': 'And the other ways it could have gone?',
};

/** The sentence behind a check that passed, or that shows a symptom; a failed one is told by its cause. */
export const CHECK_EN: Catalogue<CheckFact, 'code', (verdict: Verdict) => string> = {
  'client-runs': (fact) => () =>
    fact.kind === 'pod'
      ? `${fact.client} runs on ${fact.node} with the address ${fact.address}.`
      : `${fact.client} sends from ${fact.address}.`,
  'request-answered': (fact) => (verdict) =>
    verdict === 'passed' ? `${fact.client} gets its answer.` : `${share(fact.failing)} fail; this is what ${fact.client} sees then.`,
  'name-resolves': (fact) => (verdict) =>
    verdict === 'passed'
      ? `${fact.name} is ${fact.address}.`
      : fact.address === ''
        ? `${fact.name} does not resolve: no packet leaves for the destination.`
        : `${fact.name} resolves, but not always.`,
  'resolv-conf': (fact) => () =>
    `${fact.client} asks ${fact.servers.length === 0 ? 'nobody' : list(fact.servers)}${fact.search.length === 0 ? ', and searches nowhere' : `, and searches ${fact.search[0]} first`}.`,
  'name-record': (fact) => () => `The name server has a record for ${fact.name}.`,
  'address-owner': (fact) => () =>
    fact.kind === 'outside'
      ? `${fact.address} lies outside of the cluster.`
      : `${fact.address} is the address of ${fact.kind} ${fact.owner}.`,
  'service-exists': (fact) => () =>
    `Service ${fact.service} exists: ${fact.type}, ${fact.address === 'None' ? 'headless' : fact.address === '' ? 'without a cluster IP' : fact.address}.`,
  'service-port': (fact) => () =>
    fact.headless
      ? `${fact.service} is headless: its own ports play no part, clients call the port of the Pods.`
      : `${fact.service} takes ${fact.port} and sends it to ${fact.target} of the Pods.`,
  endpoints: (fact) => (verdict) =>
    verdict === 'passed'
      ? `${fact.service} has ${times(fact.ready, 'ready endpoint')}.`
      : `${fact.service} has no ready endpoint: the Pods tell why.`,
  'pods-selected': (fact) => () => `${times(fact.count, 'Pod')} ${fact.count === 1 ? 'bears' : 'bear'} ${fact.selector}.`,
  'pods-ready': (fact) => () => `${fact.ready} of ${times(fact.of, 'Pod')} ${fact.ready === 1 ? 'is' : 'are'} ready.`,
  'pod-runs': (fact) => () => `${fact.pod} runs on ${fact.node}.`,
  'program-listens': (fact) => () =>
    fact.of === 0
      ? `The endpoints are no Pods of this cluster: nobody here can look inside.`
      : fact.of === 1
        ? `${fact.where === '' ? 'A program' : fact.where} listens on ${fact.port}.`
        : `${fact.listening} of ${fact.of} Pods listen on ${fact.port}.`,
  'traffic-policy': (fact) => () =>
    `${fact.field} of ${fact.service} is Local, and ${fact.node} has ${times(fact.local, 'ready endpoint')} of its own.`,
  'source-ranges': (fact) => () => `${fact.client} lies in ${list(fact.ranges)}.`,
  'node-rules': (fact) => () =>
    `On ${fact.node} kube-proxy (${fact.mode}) leads ${fact.service} to ${times(fact.endpoints, 'endpoint')}, as the API server has them.`,
  'policies-allow': (fact) => () =>
    `${list(fact.policies)} ${fact.policies.length === 1 ? 'isolates' : 'isolate'} one of the two, and ${fact.policies.length === 1 ? 'lets' : 'let'} this connection through.`,
  way: (fact) => () => `The packet comes from ${fact.from} to ${fact.to}, and its answer comes back.`,
  'proxy-rule': (fact) => (verdict) =>
    verdict === 'passed'
      ? `${fact.program} takes ${fact.host}${fact.path} and asks ${fact.upstream}.`
      : `${fact.program} has a rule for ${fact.host}${fact.path}, and nobody behind it.`,
  answer: (fact) => () => `${fact.by} answers ${fact.status}.`,
  'every-back-end': (fact) => () => `All ${fact.count} ways end with an answer.`,
};

/** `1 in 3 requests`, `all requests`, `25 % of the requests`. */
export function share(failing: number): string {
  if (failing >= 1) return 'All requests';
  const oneIn = 1 / failing;
  return Math.abs(oneIn - Math.round(oneIn)) < 1e-9
    ? `1 in ${Math.round(oneIn)} requests`
    : `${Math.round(failing * 100)} % of the requests`;
}
