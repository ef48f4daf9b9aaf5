// `kubectl logs`: what the program in a container would have written: its lines at the start, and one for each request that it answered in this
// session. What is unknown is not made up: most images say nothing here. Left out: what probes ask, what programs do by themselves, -f's wait.

import { parseTimestamp, type ServedRequest, type StoredObject } from '../../engine/index';
import { type Answer, misused, refused } from '../answer';
import type { Call } from '../call';
import { at, listAt, textAt } from '../fields';
import { labelSelector } from '../selector';
import { bodyOf } from './answers';
import { chosenContainer, podsBehind } from './chosen-pod';
import { containerNamed } from './environment';
import { placeIn } from './exec';
import { imageName, tagOf } from './images';
import { failedDial, fromServer } from './kubelet';
import { runIn } from './run-in';

interface Line {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
}

export function logs(call: Call): Answer {
  const selector = call.flags.one('selector') ?? '';
  const [word, ...more] = call.words;
  if ((word === undefined && selector === '') || more.length > 1)
    return misused(
      ['logs'],
      "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command",
    );
  if (word !== undefined && selector !== '') return misused(['logs'], 'only a selector (-l) or a POD name is allowed');
  const pods = selector === '' ? podsBehind(call, word ?? '') : selected(call, selector);
  if ('status' in pods) return 'err' in pods ? notFoundWithin(call, pods) : pods;
  const isWhole = call.flags.isOn('all-pods');
  const chosen = selector === '' && !isWhole ? pods.slice(0, 1) : pods;
  const found = selector === '' && pods.length > 1 && !isWhole ? `Found ${pods.length} pods, using pod/${chosen[0]?.name ?? ''}\n` : '';
  if (chosen.length === 0) return { status: 0, out: '', err: `No resources found in ${call.namespace} namespace.\n` };
  const answers = chosen.map((pod) =>
    ofPod(call, pod, { container: call.flags.one('container') ?? more[0], tail: tailOf(call, selector !== '') }),
  );
  return {
    status: answers.find(({ status }) => status !== 0)?.status ?? 0,
    out: answers.map(({ out }) => out).join(''),
    err: found + answers.map(({ err }) => err).join(''),
  };
}

/** The namespace is told as well (cmd/logs). */
function notFoundWithin({ namespace }: Call, answer: Answer): Answer {
  const [, text] = /^Error from server \(NotFound\): (.*)\n$/.exec(answer.err) ?? [];
  return text === undefined ? answer : refused(`error from server (NotFound): ${text} in namespace "${namespace}"`);
}

function selected(call: Call, selector: string): readonly StoredObject[] | Answer {
  const selects = labelSelector(selector);
  if (selects === null) return refused(`unable to parse requirement: ${selector}`);
  return call.server.objects.filter((one) => one.kind === 'Pod' && one.namespace === call.namespace && selects(one.labels));
}

/** With a selector the last ten lines, unless somebody says otherwise. */
function tailOf({ flags }: Call, isSelected: boolean): number | null {
  const given = Number(flags.one('tail') ?? (isSelected ? 10 : -1));
  return given < 0 ? null : given;
}

interface Wanted {
  readonly container: string | undefined;
  readonly tail: number | null;
}

function ofPod(call: Call, pod: StoredObject, { container, tail }: Wanted): Answer {
  if (call.flags.isOn('all-containers')) {
    const names = [...listAt(pod.json, 'spec', 'initContainers'), ...listAt(pod.json, 'spec', 'containers')].map((one) =>
      textAt(one, 'name'),
    );
    const answers = names.map((name) => ofContainer(call, pod, { name, tail }));
    return {
      status: answers.find(({ status }) => status !== 0)?.status ?? 0,
      out: answers.map(({ out }) => out).join(''),
      err: answers.map(({ err }) => err).join(''),
    };
  }
  const chosen = chosenContainer(pod, container);
  if ('status' in chosen) return chosen;
  const answer = ofContainer(call, pod, { name: chosen.name, tail });
  return { ...answer, err: chosen.notice + answer.err };
}

function ofContainer(call: Call, pod: StoredObject, { name, tail }: { readonly name: string; readonly tail: number | null }): Answer {
  const dial = failedDial(call.server, pod);
  if (dial !== null)
    return fromServer(`Get "https://${dial.to}/containerLogs/${pod.namespace}/${pod.name}/${name}${asked(call, tail)}": ${dial.error}`);
  const status = [...listAt(pod.json, 'status', 'containerStatuses'), ...listAt(pod.json, 'status', 'initContainerStatuses')].find(
    (one) => textAt(one, 'name') === name,
  );
  const isPrevious = call.flags.isOn('previous');
  const state = at(status, isPrevious ? 'lastState' : 'state');
  const started = parseTimestamp(textAt(state, 'running', 'startedAt') || textAt(state, 'terminated', 'startedAt'));
  const ended = parseTimestamp(textAt(state, 'terminated', 'finishedAt'));
  if (isPrevious && at(state, 'terminated') === undefined)
    return bad(`previous terminated container "${name}" in pod "${pod.name}" not found`);
  const waiting = textAt(at(status, 'state'), 'waiting', 'reason');
  if (!isPrevious && waiting !== '' && textAt(status, 'restartCount') === '0')
    return bad(`container "${name}" in pod "${pod.name}" is waiting to start: ${reasonOf(waiting)}`);
  if (textAt(pod.json, 'spec', 'nodeName') === '') return bad(`pod ${pod.name} does not have a host assigned`);
  const span = { from: started ?? 0, until: ended ?? Number.POSITIVE_INFINITY };
  const all = [...startLines(call, pod, { name, at: started ?? call.server.now }), ...accessLines(call, pod, { name, ...span })];
  const recent = all.filter((line) => line.at >= since(call));
  const shown = tail === null ? recent : tail === 0 ? [] : recent.slice(-tail);
  return { status: 0, out: shown.map((line) => `${prefix(call, pod, name)}${stamp(call, line)}${line.text}\n`).join(''), err: '' };
}

/** What the kubelet is asked for, as the API server writes it behind the address. */
function asked({ flags }: Call, tail: number | null): string {
  const options = [
    ...(flags.isOn('follow') ? ['follow=true'] : []),
    ...(flags.isOn('previous') ? ['previous=true'] : []),
    ...(tail === null ? [] : [`tailLines=${tail}`]),
    ...(flags.isOn('timestamps') ? ['timestamps=true'] : []),
  ];
  return options.length === 0 ? '' : `?${options.join('&')}`;
}

function bad(text: string): Answer {
  return { status: 1, out: '', err: `Error from server (BadRequest): ${text}\n` };
}

/** images.go of the kubelet. */
function reasonOf(waiting: string): string {
  return waiting === 'ErrImagePull' || waiting === 'ImagePullBackOff' ? 'trying and failing to pull image' : waiting;
}

function since({ flags, server }: Call): number {
  const time = parseTimestamp(flags.one('since-time') ?? '');
  const span = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(flags.one('since') ?? '');
  if (time !== null) return time;
  const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[span?.[2] ?? ''] ?? 0;
  return span === null || unit === 0 ? 0 : server.now - Number(span[1]) * unit;
}

function prefix({ flags }: Call, pod: StoredObject, container: string): string {
  return flags.isOn('prefix') ? `[pod/${pod.name}/${container}] ` : '';
}

function stamp({ flags }: Call, { at: instant }: Line): string {
  return flags.isOn('timestamps') ? `${new Date(instant).toISOString().replace('Z', '000000Z')} ` : '';
}

// What the program says when it starts.

function startLines(call: Call, pod: StoredObject, { name, at: instant }: { readonly name: string; readonly at: number }): readonly Line[] {
  const container = containerNamed(pod.json, name);
  const image = textAt(container, 'image');
  const command = [...listAt(container, 'command'), ...listAt(container, 'args')].map((word) => (typeof word === 'string' ? word : ''));
  if (command.length > 0 && imageName(image) !== 'http-echo' && imageName(image) !== 'coredns')
    return written(call, { pod, name, command, at: instant });
  return greeting(imageName(image), tagOf(image), instant).map((text) => ({ at: instant, text }));
}

/** A command that only prints is known to print; one that asks others would have asked them then, and not now. */
function written(
  call: Call,
  {
    pod,
    name,
    command,
    at: instant,
  }: { readonly pod: StoredObject; readonly name: string; readonly command: readonly string[]; readonly at: number },
): readonly Line[] {
  const answer = runIn({ words: command, input: '', terminal: false, server: call.server, place: placeIn(pod, name) });
  if (answer === null || (answer.sent ?? []).length > 0 || answer.status === 130) return [];
  const text = answer.screen ?? answer.out + answer.err;
  return text.split('\n').flatMap((line, index, all) => (index === all.length - 1 && line === '' ? [] : [{ at: instant, text: line }]));
}

function greeting(image: string, tag: string, instant: number): readonly string[] {
  if (image === 'coredns') return ['.:53', ...(/^v?\d/.test(tag) ? [`CoreDNS-${tag.replace(/^v/, '')}`] : [])];
  if (image !== 'nginx') return [];
  const notice = (text: string) =>
    `${new Date(instant).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ')} [notice] 1#1: ${text}`;
  return [
    '/docker-entrypoint.sh: Configuration complete; ready for start up',
    notice('using the "epoll" event method'),
    ...(/^\d+\.\d+\.\d+/.test(tag) ? [notice(`nginx/${tag.replace(/-.*$/, '')}`)] : []),
    notice('start worker processes'),
  ];
}

// One line for each request that it answered.

interface Span {
  readonly name: string;
  readonly from: number;
  readonly until: number;
}

function accessLines(call: Call, pod: StoredObject, { name, from, until }: Span): readonly Line[] {
  const owner = `${pod.namespace}/${pod.name}`;
  const own = call.server.served.filter(
    (one) => one.by === owner && one.at >= from && one.at <= until && answering(pod, one.port) === name,
  );
  const image = imageName(textAt(containerNamed(pod.json, name), 'image'));
  return own.map((one) => ({ at: one.at, text: accessLine(call, image, one) }));
}

/** The container that declares the port, else the first. */
function answering({ json }: StoredObject, port: number): string {
  const all = listAt(json, 'spec', 'containers');
  const declares = all.find((one) => listAt(one, 'ports').some((each) => textAt(each, 'containerPort') === String(port)));
  return textAt(declares ?? all[0], 'name');
}

function accessLine({ server }: Call, image: string, served: ServedRequest): string {
  const { at: instant, client, method, target, status, fields } = served;
  if (image !== 'nginx' && image !== 'httpd' && image !== 'controller')
    return `${new Date(instant).toISOString().slice(0, 19)}Z ${client} ${method} ${target} ${status}`;
  const size = method === 'HEAD' ? 0 : bodyOf(server, served).text.length;
  const line = `${client} - - [${clockText(instant)}] "${method} ${target} HTTP/1.1" ${status} ${size}`;
  return image === 'httpd'
    ? line
    : `${line} "${fields.referer ?? '-'}" "${fields['user-agent'] ?? '-'}" "${fields['x-forwarded-for'] ?? '-'}"`;
}

/** `05/Jan/2026:09:00:00 +0000`. */
function clockText(instant: number): string {
  const [, day = '', month, year, time] = new Date(instant).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
