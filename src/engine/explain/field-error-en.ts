// English: why the API server refuses a field, and the way out. `why` speaks of the field, which the frame names in front.

import { formatPath } from '../kube/field-path';
import type { FieldError } from '../kube/finding';
import { formatRef } from '../kube/ref';
import type { Catalogue } from './language';

/** `spec.ports[0].port of Service shop/web`. */
function field({ path, object }: FieldError): string {
  return `${formatPath(path)} of ${formatRef(object)}`;
}

function said({ value }: FieldError): string {
  return value === null || value === '' ? 'an empty value' : `“${value}”`;
}

function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function hint(allowed: readonly string[]): string {
  return allowed.length === 0 ? '' : ` Did you mean ${oneOf(allowed)}?`;
}

const LABEL = 'lower-case letters, digits and hyphens, at most 63, a letter or digit at both ends';

export const FIELD_ERROR_EN: Catalogue<FieldError, 'reason'> = {
  missing: (error) => `${field(error)} is required, and it is missing or empty.`,
  'unknown-kind': ({ value, allowed }) => `Kubernetes 1.36 has no kind ${value ?? 'without a name'}.${hint(allowed)}`,
  'unknown-field': (error) => `${formatRef(error.object)} has no field called ${said(error)} here.${hint(error.allowed)}`,
  'wrong-type': (error) =>
    `${field(error)} is ${said(error)}, which is of the wrong type: a ${oneOf(error.allowed)} belongs here. Quotes make a text, their absence a number or a yes/no.`,
  'not-a-choice': (error) => `${field(error)} is ${said(error)}; it can only be ${oneOf(error.allowed)}, spelt so.`,
  duplicate: (error) => `${field(error)} repeats ${said(error)}, which stands above already: each has to be unique.`,
  'too-long': (error) => `${field(error)} is too long: ${oneOf(error.allowed)} is the limit.`,
  'too-many': (error) => `${field(error)} has too many entries: at most ${oneOf(error.allowed)}.`,
  'not-dns-label': (error) => `${field(error)} is ${said(error)}, which is no DNS label (RFC 1123): ${LABEL}.`,
  'not-service-name': (error) =>
    `${field(error)} is ${said(error)}; the name of a Service becomes a DNS name (RFC 1035) and begins with a letter: ${LABEL}.`,
  'not-dns-subdomain': (error) =>
    `${field(error)} is ${said(error)}, which is no DNS name: labels of lower-case letters, digits and hyphens, joined by dots, at most 253 characters.`,
  'not-label-key': (error) =>
    `In ${field(error)}, ${said(error)} is no key: letters, digits, “-”, “_” and “.”, at most 63, with at most one prefix such as example.com/ in front.`,
  'not-label-value': (error) =>
    `In ${field(error)}, ${said(error)} is no label value: at most 63 letters, digits, “-”, “_” and “.”, a letter or digit at both ends.`,
  'not-port-name': (error) =>
    `${field(error)} is ${said(error)}, which is no port name: at most 15 lower-case letters, digits and single hyphens, a letter among them. A number is written without quotes.`,
  'not-a-port': (error) => `${field(error)} is ${said(error)}; ports are whole numbers from 1 to 65535.`,
  'out-of-bounds': (error) => `${field(error)} is ${said(error)}, outside of what it may be: ${error.allowed.join(' to ')}.`,
  'not-an-address': (error) =>
    `${field(error)} is ${said(error)}, which is no ${error.allowed.length === 0 ? 'IP' : oneOf(error.allowed)} address.`,
  'special-address': (error) =>
    `${field(error)} is ${said(error)}: an unspecified, loopback or link-local address leads to no other machine.`,
  'not-a-range': (error) => `${field(error)} is ${said(error)}, which is no range of addresses such as 10.1.0.0/16.`,
  'outside-service-range': (error) =>
    `${said(error)} lies outside of the Service range ${oneOf(error.allowed)}, from which ${formatRef(error.object)} gets its cluster IP; leave the field out to be given one.`,
  'address-taken': (error) => `The cluster IP ${said(error)} belongs to ${oneOf(error.allowed)} already.`,
  'outside-node-port-range': (error) => `The node port ${said(error)} lies outside of the range ${error.allowed.join(' to ')}.`,
  'node-port-taken': (error) =>
    `The node port ${said(error)} belongs to ${oneOf(error.allowed)} already: a number serves one Service in the whole cluster.`,
  'addresses-disagree': (error) =>
    `clusterIPs of ${formatRef(error.object)} begins with ${said(error)}, and clusterIP says ${error.allowed.length === 0 ? 'nothing' : oneOf(error.allowed)}: the two have to agree.`,
  'single-stack-cluster': ({ object }) =>
    `${formatRef(object)} requires both address families, and this cluster has one; PreferDualStack takes what there is.`,
  'family-missing': (error) => `${field(error)} asks for ${said(error)}, a family that this cluster does not have.`,
  'port-name-needed': (error) => `${field(error)} is missing: where there are several ports, each of them has a name.`,
  'only-for-type': (error) => `${field(error)} may only be set with ${oneOf(error.allowed)}.`,
  'not-for-external-name': (error) => `${field(error)} is ${said(error)}, but an ExternalName Service is a name only: it has no address.`,
  'policy-needs-outside': (error) =>
    `${field(error)} is ${said(error)}, but nothing outside reaches this Service: it takes type NodePort or LoadBalancer, or externalIPs.`,
  'health-check-needs-local': (error) =>
    `${field(error)} is ${said(error)}; it is for type LoadBalancer with externalTrafficPolicy: Local alone.`,
  'host-port-differs': (error) =>
    `${field(error)} is ${said(error)}; with hostNetwork a container port is the host's port, so it has to be ${oneOf(error.allowed)}.`,
  'one-handler': (error) =>
    `${field(error)} is one too many: this probe has ${oneOf(error.allowed)} already, and a probe has a single way to ask.`,
  'no-handler': (error) => `${field(error)} does not say how to ask: it takes one of ${oneOf(error.allowed)}.`,
  'must-be-one': (error) => `${field(error)} is ${said(error)}; here it can be nothing but ${oneOf(error.allowed)}.`,
  'toleration-has-value': (error) =>
    `This toleration of ${formatRef(error.object)} has the operator Exists and the value ${said(error)}: Exists looks at the key alone.`,
  'toleration-needs-exists': ({ object }) =>
    `This toleration of ${formatRef(object)} has no key: then its operator has to be Exists, which tolerates everything.`,
  'selector-mismatch': (error) =>
    `The labels of the template, ${said(error)}, do not match the selector of ${formatRef(error.object)}: it would never find its own Pods.`,
  'selector-empty': ({ object }) => `The selector of ${formatRef(object)} is empty, and would take every Pod; it needs at least one label.`,
  'template-restart-policy': (error) =>
    `${field(error)} is ${said(error)}; this kind of workload restarts its Pods with ${oneOf(error.allowed)} only.`,
  'recreate-has-no-rolling-update': ({ object }) =>
    `The strategy of ${formatRef(object)} is Recreate, which stops all Pods first: it has no section rollingUpdate.`,
  'not-a-percentage': (error) => `${field(error)} is ${said(error)}; it is a whole number, or a percentage such as 25%.`,
  'both-zero': ({ object }) =>
    `maxSurge and maxUnavailable of ${formatRef(object)} are both 0: the rollout could neither start a Pod nor stop one.`,
  'no-rules': ({ object }) => `${formatRef(object)} has neither rules nor a defaultBackend: it would lead nowhere.`,
  'not-absolute': (error) => `${field(error)} is ${said(error)}; a path begins with a slash.`,
  'path-sequence': (error) =>
    `${field(error)} is ${said(error)} and holds ${oneOf(error.allowed)}, which a path of type Exact or Prefix may not.`,
  'not-a-host': (error) =>
    `${field(error)} is ${said(error)}; a host is a DNS name without port, no address, with * as its whole first label at most.`,
  'one-port-form': (error) => `${field(error)} gives its port twice: either ${oneOf(error.allowed)}.`,
  'backend-port-missing': (error) => `${field(error)} does not name a port of its Service: it takes ${oneOf(error.allowed)}.`,
  'backend-needs-one': (error) => `${field(error)} leads nowhere: it takes a ${oneOf(error.allowed)}.`,
  'backend-twice': (error) => `${field(error)} leads to two places: it takes either a ${oneOf(error.allowed)}.`,
  'class-twice': (error) =>
    `The annotation says class ${said(error)} and spec.ingressClassName says ${oneOf(error.allowed)}: only one of the two may be set.`,
  'excludes-selectors': (error) =>
    `${field(error)} has an ipBlock and ${oneOf(error.allowed)}: a peer is either a range of addresses or a selection.`,
  'no-peer': (error) => `${field(error)} names nobody: it takes ${oneOf(error.allowed)}.`,
  'except-outside': (error) =>
    `${field(error)} is ${said(error)}, which is no part of ${oneOf(error.allowed)}: only what the range holds can be taken out of it.`,
  'end-port-wrong': (error) =>
    `${field(error)} is ${said(error)}; it ends a range that begins at a numeric port${error.allowed.length === 0 ? '' : ` (here ${oneOf(error.allowed)})`} and is not below it.`,
  'needs-nameserver': (error) => `${field(error)} is empty: with dnsPolicy None the Pod has no name server but those listed here.`,
};
