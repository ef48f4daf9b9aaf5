// English: what a proxy makes of a request.

import type { HttpFact, Share } from './http-fact';
import type { Catalogue } from './language';
import type { Wording } from './wording';
import { list, named } from './words-en';

export const HTTP_EN: Catalogue<HttpFact, 'code', Wording> = {
  'http-forwarded': ({ by, method, host, path, server, rule, upstream, address, among, share }) => [
    `${by} route`,
    `${by} reads “${method} ${path}” for ${host}: ${serverText(server)} has the rule ${rule}, which leads to the Service ${upstream}${drawn(among, share)}. It will ask ${named(address)} over a connection of its own, and no cluster IP.`,
  ],
  'http-forwarded-by-default': ({ by, method, host, path, upstream, address, among, share }) => [
    `${by} default`,
    `${by} reads “${method} ${path}” for ${host}, and no rule takes it: the default back end does, the Service ${upstream}${drawn(among, share)}. It will ask ${named(address)} over a connection of its own.`,
  ],
  'http-asks-next': ({ by, upstream, address, attempt }) => [
    `${by} next try`,
    `${by} has had no answer and turns to another address of ${upstream}, its try number ${attempt}: ${named(address)}. The client knows nothing of it.`,
  ],
  'http-no-server': ({ by, host, hosts }) => [
    `${by} no host`,
    `No rule of ${by} is for the host ${host}${hosts.length === 0 ? '; it has no rules at all' : `, only for ${list(hosts.slice(0, 4))}`}. It answers 404 itself: no Pod is asked.`,
  ],
  'http-no-location': ({ by, host, path, server, rules }) => [
    `${by} no path`,
    `${by} knows ${host === server ? host : `${host} (by ${server === '' ? 'the rules for all hosts' : server})`}, but none of its rules takes ${path}${rules.length === 0 ? '' : `: there is ${list(rules.slice(0, 4))}`}. It answers 404 itself: no Pod is asked.`,
  ],
  'http-no-service': ({ by, path, rule, upstream, status }) => [
    `${by} no Service`,
    `The rule ${rule} of ${by} takes ${path}, and names ${upstream}: there is no such Service in that namespace. The proxy answers ${status} itself.`,
  ],
  'http-no-port': ({ by, path, rule, upstream, status }) => [
    `${by} no such port`,
    `The rule ${rule} of ${by} takes ${path}, and names ${upstream}: the Service exists, but has no such port. The proxy answers ${status} itself.`,
  ],
  'http-no-endpoint': ({ by, path, rule, upstream, status }) => [
    `${by} no endpoint`,
    `The rule ${rule} of ${by} takes ${path}, and leads to ${upstream}, behind which no Pod is ready: there is nobody to ask. The path is right; the proxy answers ${status} itself.`,
  ],
  'http-not-permitted': ({ by, path, rule, upstream, status }) => [
    `${by} not permitted`,
    `The rule ${rule} of ${by} takes ${path}, and names ${upstream} in another namespace, where no ReferenceGrant lets it. The proxy answers ${status} itself.`,
  ],
  'http-no-upstream': ({ by, path, rule, status }) => [
    `${by} nobody behind`,
    `The rule ${rule} of ${by} takes ${path}, but names no back end, or gives all of them the weight 0. The proxy answers ${status} itself.`,
  ],
  'http-fixed': ({ by, path, rule, status }) => [
    `${by} redirect`,
    `The rule ${rule} of ${by} takes ${path} and is itself an answer: the client is sent elsewhere with ${status}, and no Pod is asked.`,
  ],
  'http-to-https': ({ by, host, path }) => [
    `${by} to HTTPS`,
    `${by} has a certificate for ${host} and does not serve it over plain HTTP: it answers 308, “ask again at https://${host}${path}”, and asks no Pod.`,
  ],
  'http-wrong-scheme': ({ by, host, scheme }) => [
    `${by} wrong port`,
    scheme === 'http'
      ? `The request for ${host} came as plain HTTP to the port on which ${by} speaks HTTPS: it answers 400.`
      : `The request for ${host} came as HTTPS to the port on which ${by} speaks plain HTTP: the two do not understand each other.`,
  ],
  'proxy-answers-alone': ({ by, client, status, phrase }) => [
    `${by} ${status}`,
    `${by} answers ${client} on the open connection: ${status} ${phrase}. These words are the proxy’s own.`,
  ],
  'proxy-passes-on': ({ by, client, status, from }) => [
    `${by} HTTP`,
    `${by} passes the answer of ${from} on to ${client}, on the connection that ${client} has opened: HTTP ${status}. That another program gave it, ${client} cannot see.`,
  ],
  'proxy-was-refused': ({ by, client, status, phrase, address }) => [
    `${by} ${status}`,
    `${by} could open no connection to ${named(address)}, which is among the endpoints: it was refused. So it answers ${client} by itself: ${status} ${phrase}.`,
  ],
  'proxy-heard-nothing': ({ by, client, status, phrase, address }) => [
    `${by} ${status}`,
    `${by} has waited for ${named(address)} in vain: no answer, no refusal. When its patience is at an end it answers ${client} by itself: ${status} ${phrase}.`,
  ],
  'proxy-heard-no-http': ({ by, client, status, phrase, address }) => [
    `${by} ${status}`,
    `${named(address)} accepts the connection of ${by}, but does not speak HTTP: ${client} is told ${status} ${phrase}.`,
  ],
};

function serverText(server: string): string {
  return server === '' ? 'its server for all hosts' : `its server for ${server}`;
}

function drawn(among: number, share: Share | null): string {
  const part = share === null ? '' : ` (${share.weight} of ${share.of} requests)`;
  return among > 1 ? `${part}, with ${among} ready endpoints to choose from` : part;
}
