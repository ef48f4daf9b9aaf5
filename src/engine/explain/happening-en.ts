// English: what happens in a cluster over time, one sentence each.

import type { ObjectRef } from '../kube/ref';
import type { Fault } from '../timeline/fault';
import type { Happening, ProbeAnswer } from '../timeline/happening';
import { refusedOn } from './advice-en';
import type { Catalogue } from './language';
import { list } from './words-en';

export const HAPPENING_EN: Catalogue<Happening, 'code'> = {
  created: ({ object, by }) =>
    by.name === 'user'
      ? `${named(object)} is in etcd: the API server took it from the manifest.`
      : `The ${by.name} asks the API server for ${named(object)}, which is in etcd now.`,
  configured: ({ object }) => `${named(object)} is stored anew: what was written differs from what was there.`,
  deleted: ({ object }) => `${named(object)} is gone from etcd.`,
  'deletion-begun': ({ object, graceSeconds }) =>
    `${named(object)} is to go: it bears a deletionTimestamp, and its programs have ${seconds(graceSeconds)} to end. From this instant it counts as terminating.`,
  'fault-set': ({ fault }) => brokenBy(fault),
  'fault-mended': ({ fault }) => mended(fault),
  scaled: ({ target, from, to }) => `${named(target)} is to have ${to} Pods, up to now ${from}.`,
  scheduled: ({ object, node }) =>
    `The scheduler binds ${named(object)} to ${node}: it writes spec.nodeName, and the kubelet there does the rest.`,
  unschedulable: ({ object, refusals }) =>
    refusals.length === 0
      ? `There is no node for ${named(object)}: it stays Pending.`
      : `No node takes ${named(object)}, which stays Pending: ${refusals.map(refusedOn).join('; ')}.`,
  'sandbox-ready': ({ object, addresses }) =>
    `${named(object)} has its network namespace and the address ${list(addresses)}. Its containers are still to come, so a connection is refused.`,
  'no-address-left': ({ object, by }) => `${named(object)} waits: the address range of ${by.node} is used up.`,
  'image-pulled': ({ container, image, took, by }) =>
    `${by.node} did not have ${image}: it was pulled for the container ${container} in ${span(took)}.`,
  'image-checked': ({ container, image, took, by }) =>
    `${by.node} has ${image}, and asked its registry all the same, which took ${span(took)}: for the container ${container} imagePullPolicy is Always, as it is by itself where the tag is latest or missing.`,
  'image-missing': ({ container, image, by }) =>
    `${by.node} does not have ${image}, and the container ${container} forbids to pull it (imagePullPolicy Never): ErrImageNeverPull.`,
  'image-present': ({ container, image, by }) => `${by.node} has ${image} already: the container ${container} needs no pull.`,
  'pull-failed': ({ container, image }) => `The image ${image} of the container ${container} cannot be pulled (ErrImagePull).`,
  'pull-backed-off': ({ container, image }) =>
    `The kubelet waits ever longer before it tries again to pull ${image} for the container ${container} (ImagePullBackOff).`,
  'container-started': ({ container, restarts }) =>
    restarts === 0
      ? `The container ${container} runs. Its program has not opened its port yet.`
      : `The container ${container} is started again, for the ${ordinal(restarts)} time, in the same Pod and with the same address.`,
  'program-listens': ({ container }) => `The program in ${container} listens: from now on a connection to it is answered.`,
  'post-start-done': ({ container }) => `The hook postStart of ${container} has ended: now the kubelet counts the container as running.`,
  'post-start-failed': ({ container }) =>
    `The hook postStart of ${container} has failed: the kubelet kills the container, however well its program runs.`,
  'container-exited': ({ container, exitCode }) => `The program in ${container} has ended with exit code ${exitCode}.`,
  'container-told-to-end': ({ container, graceSeconds, why }) => {
    if (why === 'definition') return `The Pod asks for another image for ${container}: the kubelet ends the container and starts it anew.`;
    return why === 'deletion'
      ? `The kubelet tells ${container} to end (preStop, then SIGTERM); after ${seconds(graceSeconds)} it would kill it.`
      : `The ${why} probe of ${container} has failed for good: the kubelet kills the container and starts another one.`;
  },
  'config-missing': ({ container, why }) => `${container} cannot be created (CreateContainerConfigError): ${why}. The kubelet tries again.`,
  'mount-failed': ({ volume, why }) =>
    `The volume ${volume} cannot be set up (FailedMount): ${why}. Until it can, the Pod has neither sandbox nor address; the kubelet tries again.`,
  'container-killed': ({ container }) => `The program in ${container} did not end in time and was killed (SIGKILL).`,
  'backing-off': ({ container, seconds: wait }) =>
    `${container} has ended again: the kubelet waits ${seconds(wait)} before the next start (CrashLoopBackOff).`,
  'probe-failed': ({ container, role, answer, run, threshold }) =>
    answer.kind === 'errored'
      ? `The ${role} probe of ${container} asks nobody: ${answered(answer)}. That counts neither as a failure nor as a success.`
      : `The ${role} probe of ${container} failed (${answered(answer)}): ${run >= threshold ? `${threshold} in a row are enough` : `${run} of ${threshold} in a row`}.`,
  'probe-succeeded': ({ container, role, answer }) => `The ${role} probe of ${container} succeeds (${answered(answer)}).`,
  ready: ({ object }) => `${named(object)} is Ready: its Services may send it requests.`,
  'not-ready': ({ object }) =>
    `${named(object)} is not Ready any more: it leaves the endpoints that are called. It is not restarted for that.`,
  ended: ({ object, phase }) => `${named(object)} has ended for good (${phase}).`,
  'endpoints-written': ({ object, ready, unready, terminating, added, removed }) =>
    `The EndpointSlices of ${named(object)} are written: ${ready.length === 0 ? 'nobody can be called' : `${list(ready)} can be called`}${
      unready.length === 0 ? '' : `, ${list(unready)} not yet`
    }${terminating.length === 0 ? '' : `, ${list(terminating)} is ending`}.${added.length + removed.length === 0 ? '' : ` New: ${list([...added.map((each) => `+${each}`), ...removed.map((each) => `−${each}`)])}.`}`,
  'rules-written': ({ services, by }) =>
    `kube-proxy on ${by.node} has written its rules for ${several(services)}: from now on packets on this node follow them.`,
  'names-written': ({ services }) => `CoreDNS has read ${several(services)}: it answers with what it read.`,
  'balancer-given': ({ object, addresses }) => `${named(object)} has its address outside: ${list(addresses)}.`,
  'node-ready': ({ object }) => `${named(object)} is heard again: it counts as ready, and its kubelet says how its Pods are.`,
  'node-unreachable': ({ object }) =>
    `Nothing was heard of ${named(object)} for fifty seconds: it counts as unreachable, and all its Pods as not ready. In five minutes they are evicted.`,
  evicted: ({ object, node, taint, isHeard }) =>
    isHeard
      ? `${named(object)} is evicted from ${node}: it does not tolerate the taint ${taint}, or not for longer. If it has a controller, that makes another one.`
      : `${named(object)} is evicted from ${node}. The kubelet there cannot hear it, so the Pod stays Terminating; its controller makes another one elsewhere.`,
};

function named(object: ObjectRef | null): string {
  if (object === null) return 'The cluster';
  return object.namespace === null || object.namespace === 'default'
    ? `${object.kind} ${object.name}`
    : `${object.kind} ${object.namespace}/${object.name}`;
}

function seconds(count: number): string {
  return `${count} s`;
}

function span(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${milliseconds / 1000} s`;
}

function ordinal(count: number): string {
  const end = count % 100 > 10 && count % 100 < 20 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${end}`;
}

function several(names: readonly string[]): string {
  return names.length > 3 ? `${names.length} Services` : list(names);
}

function answered(answer: ProbeAnswer): string {
  switch (answer.kind) {
    case 'status':
      return `HTTP ${answer.status}`;
    case 'open':
      return 'the port is open';
    case 'refused':
      return 'connection refused';
    case 'timeout':
      return 'no answer in time';
    case 'plain':
      return 'it speaks HTTP without TLS';
    case 'errored':
      return `the container has no port named ${answer.port}`;
    case 'failed':
      return 'the command failed';
    case 'timed-out':
      return 'the command took too long';
    case 'ran':
      return 'the command succeeded';
  }
}

function brokenBy(fault: Fault): string {
  switch (fault.kind) {
    case 'crash':
      return `The program in Pod ${fault.pod} crashes with exit code ${fault.exitCode}.`;
    case 'ill':
      return `The program in Pod ${fault.pod} ${ILL[typeof fault.answers === 'number' ? 'status' : fault.answers]}${typeof fault.answers === 'number' ? ` ${fault.answers}` : ''} from now on.`;
    case 'proxy-stopped':
      return `kube-proxy on ${fault.node} stops: its rules stay as they are, whatever changes.`;
    case 'dns-stopped':
      return `CoreDNS on ${fault.node} stops answering.`;
    case 'node-lost':
      return `${fault.node} is off: nothing on it runs, and nobody reaches it.`;
    case 'link-cut':
      return `The cable between ${fault.nodes[0]} and ${fault.nodes[1]} is cut.`;
  }
}

const ILL = { status: 'answers HTTP', hang: 'takes connections and never answers', down: 'closes its ports' } as const;

function mended(fault: Fault): string {
  switch (fault.kind) {
    case 'crash':
    case 'ill':
      return `The program in Pod ${fault.pod} works again.`;
    case 'proxy-stopped':
      return `kube-proxy on ${fault.node} runs again, and reads what it has missed.`;
    case 'dns-stopped':
      return `CoreDNS on ${fault.node} answers again.`;
    case 'node-lost':
      return `${fault.node} is switched on again.`;
    case 'link-cut':
      return `${fault.nodes[0]} and ${fault.nodes[1]} reach each other again.`;
  }
}
