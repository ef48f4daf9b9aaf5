// English: why the API server refuses a field, and the way out. Path and object stand in front, the value as it was written.

import { formatPath } from '../kube/field-path';
import type { FieldError } from '../kube/finding';
import { formatRef } from '../kube/ref';
import type { Catalogue } from './language';
import { list } from './words-en';

/** `spec.ports[0].port of Service shop/web`; of an object that is half typed, what there is. */
function field({ path, object }: FieldError): string {
  const owner = object.name === '' ? object.kind : formatRef(object);
  return owner === '' ? formatPath(path) : `${formatPath(path)} of ${owner}`;
}

function said({ value }: FieldError): string {
  return value === null || value === '' ? 'an empty value' : `“${value}”`;
}

/** `spec.type of Service shop/web is “Nodeport”`. */
function is(error: FieldError): string {
  return `${field(error)} is ${error.value === null || error.value === '' ? 'empty' : said(error)}`;
}

/** `none` where nothing is known of what is allowed. */
function oneOf(words: readonly string[], none: string): string {
  return words.length === 0 ? none : words.length === 1 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function hint(allowed: readonly string[]): string {
  return allowed.length === 0 ? '' : ` Did you mean ${oneOf(allowed, '')}?`;
}

/** `from 1 to 86400`, `of 0 or more`: the infinity sign stands for no upper bound. */
function bounds([least, most]: readonly string[]): string {
  if (least === undefined) return 'within other bounds';
  return most === undefined || most === '∞' ? `of ${least} or more` : `from ${least} to ${most}`;
}

const LABEL = 'at most 63 lower-case letters, digits and hyphens, with a letter or digit at both ends';

/** The types of JSON. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'a text (in quotes where it looks like a number or a yes/no)',
  number: 'a whole number (without quotes)',
  boolean: 'true or false (without quotes)',
  object: 'an object (indented lines, each with its key)',
  array: 'a list (lines that begin with a hyphen)',
};

/** The few fields that are refused for want of the one thing they can be. */
function onlyOne(error: FieldError): string {
  const only = oneOf(error.allowed, 'what its neighbours say');
  switch (error.path.at(-1)) {
    case 'terminationGracePeriodSeconds':
      return `${is(error)}, and this probe never stops a container: only ${only} may set it.`;
    default:
      return `${is(error)}; here it can be nothing but ${only}.`;
  }
}

export const FIELD_ERROR_EN: Catalogue<FieldError, 'reason'> = {
  missing: (error) => `${field(error)} is required, and it is missing or empty.`,
  'unknown-kind': (error) => `Kubernetes 1.36 does not know ${said(error)}, the apiVersion and kind of this object.${hint(error.allowed)}`,
  'unknown-field': (error) => `${formatRef(error.object)} has no field ${formatPath(error.path)}.${hint(error.allowed)}`,
  'wrong-type': (error) =>
    `In ${field(error)}, ${said(error)} is of the wrong type: what belongs there is ${oneOf(
      error.allowed.map((type) => TYPES[type] ?? type),
      'another one',
    )}.`,
  'not-a-choice': (error) => `${is(error)}; it can only be ${oneOf(error.allowed, 'a word that the API knows')}, in exactly this spelling.`,
  'not-a-quantity': (error) => `${is(error)}, which is no quantity: it is written like 250m, 1.5 or 64Mi.`,
  duplicate: (error) => `${field(error)} repeats ${said(error)}, which stands above already: each has to be unique.`,
  'too-long': (error) => `${field(error)} is too long${error.allowed.length === 0 ? '' : `: ${list(error.allowed)} bytes are the limit`}.`,
  'too-many': (error) =>
    `${field(error)} has too many entries${error.allowed.length === 0 ? '' : `: it takes ${list(error.allowed)} at most`}.`,
  'not-dns-label': (error) => `${is(error)}, which is no DNS label (RFC 1123): ${LABEL}.`,
  'not-service-name': (error) =>
    `${is(error)}, but the name of a Service becomes a DNS label (RFC 1035) and begins with a letter: ${LABEL}.`,
  'not-dns-subdomain': (error) =>
    `${is(error)}, which is no DNS name: labels of lower-case letters, digits and hyphens, joined by dots, 253 characters at most.`,
  'not-path-segment': (error) =>
    `${is(error)}, which cannot stand in a URL: neither one or two dots alone, nor a slash or a percent sign in it.`,
  'not-cron-job-name': (error) =>
    `${field(error)} is ${said(error)}; a CronJob has a DNS name of 52 characters at most, since its Jobs append eleven.`,
  'not-label-key': (error) =>
    `In ${field(error)}, ${said(error)} is no key: at most 63 letters, digits, “-”, “_” and “.”, with at most one prefix such as example.com/ in front.`,
  'not-label-value': (error) =>
    `In ${field(error)}, ${said(error)} is no label value: at most 63 letters, digits, “-”, “_” and “.”, with a letter or digit at both ends.`,
  'not-port-name': (error) =>
    `${is(error)}, which is no port name: at most 15 lower-case letters, digits and single hyphens, a letter among them. A port number is written without quotes.`,
  'not-a-port': (error) => `${is(error)}; a port is a whole number from 1 to 65535.`,
  'out-of-bounds': (error) => `${is(error)}; a number ${bounds(error.allowed)} belongs there.`,
  'not-an-address': (error) => `${is(error)}, which is no ${oneOf(error.allowed, 'IP')} address.`,
  'special-address': (error) =>
    `${is(error)}; unspecified, loopback, link-local and local multicast addresses lead to no other machine, so an endpoint or external address cannot be one.`,
  'not-a-range': (error) => `${is(error)}, which is no range of addresses such as 10.1.0.0/16.`,
  'outside-service-range': (error) =>
    `${is(error)}, which the Service range ${oneOf(error.allowed, 'of this cluster')} does not have to give. Leave clusterIP out to be given a free address.`,
  'address-taken': (error) =>
    `${is(error)}, and ${oneOf(error.allowed, 'another Service')} has that cluster IP already. Leave clusterIP out to be given a free one.`,
  'outside-node-port-range': (error) =>
    `${is(error)}; a node port is a number ${bounds(error.allowed)}. Leave nodePort out to be given a free one.`,
  'node-port-taken': (error) =>
    error.allowed.includes(formatRef(error.object))
      ? `${is(error)}, and an earlier port of the same Service has that number already. Leave nodePort out to be given a free one.`
      : `${is(error)}, and ${oneOf(error.allowed, 'another Service')} has that number already: it serves one Service in the whole cluster. Leave nodePort out to be given a free one.`,
  'addresses-disagree': (error) =>
    `${is(error)} at its first place, and clusterIP says ${oneOf(error.allowed, 'nothing')}: the two have to agree, and clusterIP alone is enough.`,
  'none-stands-alone': (error) => `${is(error)}: None makes the Service headless, so no address stands beside it.`,
  'two-cluster-ips': (error) => `${is(error)}: a Service has one address of each family at most, two in all.`,
  'same-family-twice': (error) => `${is(error)}: of two addresses one is IPv4 and the other IPv6.`,
  'family-disagrees': (error) =>
    `${is(error)}, which is not of the family that ipFamilies names there${error.allowed.length === 0 ? '' : `, ${error.allowed.join('')}`}.`,
  'headless-needs-plain-type': (error) =>
    `${field(error)} is None: a headless Service has no address, and ${error.allowed.length === 0 ? 'this type' : `the type ${error.allowed.join('')}`} builds on one. Take type ClusterIP, or leave clusterIP out.`,
  'dual-needs-policy': (error) =>
    `${is(error)}, but two addresses or families are asked for: that takes PreferDualStack or RequireDualStack.`,
  'single-stack-cluster': (error) =>
    `${is(error)}, which requires both address families, and this cluster has one: PreferDualStack takes what there is.`,
  'family-missing': (error) =>
    `${is(error)}, an address family that this cluster does not have. Leave ipFamilies out to get the one it has.`,
  'port-name-needed': (error) => `${field(error)} is missing: where there are several ports, each needs a name to tell it from the others.`,
  'only-for-type': (error) => `${field(error)} may only be set together with the type ${oneOf(error.allowed, 'it belongs to')}.`,
  'node-port-needs-type': (error) =>
    `${field(error)} asks for ${error.value === null ? 'a node port' : `the node port ${error.value}`}, but a ClusterIP Service opens none: take the type NodePort, or leave nodePort out.`,
  'not-for-external-name': (error) =>
    `${is(error)}, but a Service of type ExternalName is only another name and has no address: leave the field out.`,
  'policy-needs-outside': (error) =>
    `${is(error)}, but nothing from outside reaches this Service: that takes the type NodePort or LoadBalancer, or externalIPs.`,
  'health-check-needs-local': (error) => `${is(error)}; only the type LoadBalancer with externalTrafficPolicy: Local has such a port.`,
  'host-port-differs': (error) =>
    `${is(error)}; with hostNetwork the container’s port is the node’s own, so hostPort has to be ${oneOf(error.allowed, 'the same as containerPort')}.`,
  'one-handler': (error) =>
    `${field(error)} is one too many: the probe has ${oneOf(error.allowed, 'another handler')} already, and it asks in a single way.`,
  'no-handler': (error) => `${field(error)} does not say how to ask: it takes ${oneOf(error.allowed, 'a handler such as httpGet')}.`,
  'must-be-one': onlyOne,
  'toleration-has-value': (error) =>
    `${field(error)} belongs to a toleration with the value ${said(error)}, but Exists looks at the key alone: drop the value, or write Equal.`,
  'toleration-needs-exists': (error) =>
    `${is(error)}, but this toleration has no key: name one, or write Exists, which tolerates every taint.`,
  'selector-mismatch': (error) =>
    `${field(error)} ${error.value ? `are ${said(error)}` : 'are empty'}${error.allowed.length === 0 ? ', which the selector does not match' : `, and the selector wants ${list(error.allowed)}`}: the controller would never find its own Pods.`,
  'selector-empty': (error) => `${field(error)} is empty and would take every Pod of the namespace; it needs at least one label.`,
  'selector-unreadable': ({ object }) => `The selector of ${formatRef(object)} cannot be used while a part of it is wrong.`,
  'unknown-operator': (error) =>
    `${field(error)} is ${said(error)}, which no selector knows: there are ${oneOf(error.allowed, 'In or NotIn')}.`,
  'values-not-wanted': (error) =>
    `${field(error)} has to stay empty: the operator ${said(error)} looks at the key alone; ${oneOf(error.allowed, 'In and NotIn')} compare values.`,
  'deadline-on-template': (error) =>
    `${field(error)} is ${said(error)}, but Pods that a controller replaces have no deadline of their own.`,
  'job-restart-policy': (error) =>
    `${field(error)} has to be said: the Pods of a Job end, so Always, the default, is not for them; take ${oneOf(error.allowed, 'OnFailure or Never')}.`,
  'template-restart-policy': (error) =>
    `${is(error)}; workloads of the kind ${error.object.kind} only take ${oneOf(error.allowed, 'another policy')} for their Pods.`,
  'not-a-schedule': (error) =>
    `${is(error)}; a schedule has five fields (minute, hour, day of the month, month, day of the week), or is a word such as @hourly.`,
  'recreate-has-no-rolling-update': (error) =>
    `${field(error)} cannot stand beside the type Recreate, which stops every Pod before it starts new ones: remove it, or write RollingUpdate.`,
  'not-a-percentage': (error) => `${is(error)}; a whole number or a percentage such as 25% belongs there.`,
  'both-zero': (error) =>
    `${field(error)} and maxSurge are both 0: the rollout could neither stop an old Pod nor start a new one. Give one of the two at least 1.`,
  'daemon-set-stands-still': (error) => `${field(error)} cannot be 0 while maxSurge is 0: the rollout of the DaemonSet would never move.`,
  'daemon-set-rolls-twice': (error) =>
    `${field(error)} is ${said(error)}, but maxUnavailable is set too: a DaemonSet rolls out by one of them.`,
  'no-such-policy': (error) => `${is(error)}, and StatefulSets know ${oneOf(error.allowed, 'other words')} only.`,
  'not-on-delete': (error) => `${field(error)} contradicts the type OnDelete, where Pods are replaced only when somebody deletes them.`,
  'deadline-too-short': (error) =>
    `${field(error)} is ${said(error)}; it has to be above minReadySeconds, ${oneOf(error.allowed, 'whatever it is')}, or no rollout could meet it.`,
  'no-rules': ({ object }) => `${formatRef(object)} leads nowhere: its spec needs rules or a defaultBackend.`,
  'not-absolute': (error) => `${is(error)}; a path begins with a slash.`,
  'path-sequence': (error) =>
    `${is(error)}; a path of type Exact or Prefix may not hold ${oneOf(error.allowed, 'empty, relative or encoded steps')}.`,
  'not-a-host': (error) =>
    `${is(error)}; a host is a DNS name without port, not an address, and “*” may only be the whole of its first label.`,
  'one-port-form': (error) =>
    `${field(error)} gives the port of its Service twice: keep only ${oneOf(error.allowed, 'its name or its number')}.`,
  'backend-port-missing': (error) =>
    `${field(error)} does not say which port of its Service is meant: it takes ${oneOf(error.allowed, 'a name or a number')}.`,
  'backend-needs-one': (error) => `${field(error)} is empty: requests need a ${oneOf(error.allowed, 'service')} to go to.`,
  'backend-twice': (error) => `${field(error)} leads to two places: keep either the ${oneOf(error.allowed, 'one or the other')}.`,
  'class-twice': (error) =>
    `The annotation kubernetes.io/ingress.class of ${formatRef(error.object)} says ${said(error)}, and ingressClassName says ${oneOf(error.allowed, 'something else')}: keep ingressClassName alone.`,
  'excludes-selectors': (error) =>
    `${field(error)} has an ipBlock beside ${error.allowed.length === 0 ? 'a selector' : list(error.allowed)}: a peer is either a range of addresses or a choice of Pods, so make it two peers.`,
  'no-peer': (error) => `${field(error)} names nobody: a peer takes ${oneOf(error.allowed, 'a selector or an ipBlock')}.`,
  'except-outside': (error) =>
    `${is(error)}, which is not a smaller part of ${oneOf(error.allowed, 'the range')}: only what cidr holds can be taken out of it.`,
  'end-port-wrong': (error) =>
    `${is(error)}; endPort ends a range that begins with the number in port${error.allowed.length === 0 ? ', which is missing' : ` (here ${list(error.allowed)})`}, and is neither below it nor above 65535.`,
  'too-many-policy-types': (error) =>
    `${field(error)} is ${said(error)}: there are two types only, ${oneOf(error.allowed, 'Ingress and Egress')}.`,
  'toleration-seconds': (error) =>
    `${field(error)} has to be NoExecute where tolerationSeconds is set: no other effect ever evicts a running Pod.`,
  'resolver-limit': (error) => `${is(error)}, and resolvers read no further than ${oneOf(error.allowed, 'a few')} of them.`,
  'not-for-init-container': (error) =>
    `${field(error)} has no use: an init container runs to its end before the others start. With restartPolicy: Always it would be a sidecar and could have one.`,
  'blank-around': (error) => `${is(error)}, with a blank in front or behind.`,
  'not-variable-name': (error) => `${is(error)}, which is no name for a variable: printable ASCII characters, and no equals sign.`,
  'one-source-of-value': (error) =>
    `${field(error)} has to name one source, without a value beside it: ${oneOf(error.allowed, 'one of those that the API knows')}.`,
  'not-header-name': (error) => `${field(error)} has the header ${said(error)}: letters, digits and hyphens only.`,
  'not-a-controller': (error) => `${is(error)}; a controller is named by a domain and a path, such as example.com/ingress-controller.`,
  'not-file-name': (error) => `${is(error)}, and a key of a ConfigMap is a file name: letters, digits, “-”, “_” and “.”, at most 253.`,
  'in-both-data': (error) =>
    `The key ${said(error)} of ${formatRef(error.object)} stands in data and in binaryData; one of them has to go.`,
  'same-family-ranges': (error) => `${is(error)}: a node has one range of Pod addresses for each family at most.`,
  'needs-nameserver': (error) =>
    `${field(error)} gives no name server: with dnsPolicy: None the Pod knows only those of dnsConfig.nameservers, so list at least one.`,
};
