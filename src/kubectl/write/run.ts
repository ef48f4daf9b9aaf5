// `kubectl run`: one Pod, and with --expose a Service before it. With -i the command goes on inside of the Pod: who can do that is handed in.

import type { JsonMap, StoredObject } from '../../engine/index';
import { type Answer, notSimulated, refused } from '../answer';
import type { Call, Verb } from '../call';
import { textAt } from '../fields';
import { terminalOutput } from '../screen';
import { created } from './cluster-change';
import { createdAndTold } from './create';
import { exposing, type Labels, pod } from './generators';
import { isSameRef, refTo } from './naming';
import { dryRun, durationIn } from './options';
import { answered, begun, client, type Failure, failed, isFailure, type Progress, refusedBy } from './progress';
import { removedAll } from './removal';
import { hasCondition, waitFor } from './waiting';

const SEE = "See 'kubectl run -h' for help and examples";

/** What the program in a Pod that runs prints, and how it ends. */
export type Attach = (call: Call, pod: StoredObject) => Answer;

/** `kubectl run`; with -i or --attach it goes on inside of the Pod, where `attach` can. */
export function runWith(attach: Attach | null): Verb {
  return (call) => {
    const wish = podOf(call);
    if ('status' in wish) return wish;
    if (isFailure(wish)) return refusedBy(call.server, wish);
    const isAttaching = isAttached(call);
    if (isAttaching && attach === null) return notSimulated('kubectl run --attach');
    const exposed = call.flags.isOn('expose') ? [serviceOf(call)] : [];
    const begin = exposed.reduce((progress, object) => made(progress, call, object), begun(call.server));
    if (begin.failures.length > 0) return answered(begin);
    return isAttaching && attach !== null ? attached(begin, { call, attach, pod: wish.pod }) : answered(made(begin, call, wish.pod));
  };
}

function made(progress: Progress, call: Call, object: JsonMap): Progress {
  return createdAndTold(progress, call, { object, prefix: null, operation: 'created' });
}

/** Whether the command goes on inside of the Pod. */
function isAttached({ flags }: Call): boolean {
  return flags.isOn('stdin') || flags.isOn('attach');
}

interface Attaching {
  readonly call: Call;
  readonly attach: Attach;
  readonly pod: JsonMap;
}

const MINUTE = 60_000;

/** Nothing is said of the Pod's creation; with --rm it goes when its program has ended, however that went. */
function attached(progress: Progress, { call, attach, pod }: Attaching): Answer {
  const server = created(progress.server, { object: pod, namespace: call.namespace });
  if (isFailure(server)) return answered(failed(progress, server));
  const ref = refTo(pod, call.namespace);
  const { server: ready, isMet } = waitFor(server, durationIn(call, 'pod-running-timeout') ?? MINUTE, (objects) => {
    const now = objects.find((one) => isSameRef(one, ref));
    return (
      now !== undefined && (hasCondition(now, 'Ready', 'True') || ['Succeeded', 'Failed'].includes(textAt(now.json, 'status', 'phase')))
    );
  });
  const running = ready.objects.find((one) => isSameRef(one, ref));
  const inside: Answer =
    isMet && running !== undefined
      ? attach({ ...call, server: ready }, running)
      : { status: 1, out: '', err: 'error: timed out waiting for the condition\n' };
  const after = inside.server ?? ready;
  const notice = isMet && !call.flags.isOn('quiet') ? NOTICE : '';
  const screen = progress.out + notice + (inside.screen ?? terminalOutput(inside));
  const answer = { ...inside, out: progress.out + inside.out, err: notice + inside.err, screen, server: after };
  if (!call.flags.isOn('rm') || running === undefined) return answer;
  // A shell that stays open ends later, and the Pod with it.
  if (inside.opened !== undefined && running.namespace !== null)
    return { ...answer, opened: { ...inside.opened, removing: { namespace: running.namespace, name: running.name } } };
  const line = call.flags.isOn('quiet') ? '' : `pod "${running.name}" deleted from ${running.namespace} namespace\n`;
  return {
    ...answer,
    out: answer.out + line,
    screen: screen + line,
    server: removedAll(after, running, { gracePeriodSeconds: null, cascade: true }),
  };
}

const NOTICE =
  'All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\n' +
  "If you don't see a command prompt, try pressing enter.\n";

/** The Pod that the flags describe. */
function podOf(call: Call): { readonly pod: JsonMap } | Failure | Answer {
  const { flags, words, behind } = call;
  const [name, ...more] = words;
  const image = flags.one('image');
  if (name === undefined) return refused('NAME is required for run', SEE);
  if (image === undefined || image === '') return client('--image is required');
  if (!/^[\w./:@-]+$/.test(image) || image.endsWith(':')) return client(`Invalid image name "${image}": invalid reference format`);
  const usage = usageProblem(call);
  if (usage !== null) return refused(usage, SEE);
  const [labels, env] = [labelsOf(call, name), environment(flags.all('env'))];
  if (isFailure(labels)) return labels;
  if (isFailure(env)) return env;
  const port = flags.one('port');
  if (port !== undefined && !/^[-+]?\d+$/.test(port)) return client(`strconv.Atoi: parsing "${port}": invalid syntax`);
  const object = pod({
    name,
    namespace: call.isNamespaceNamed ? call.namespace : undefined,
    image,
    labels: labels.values,
    annotations: Object.fromEntries(
      flags.all('annotations').map((given) => [given.split('=')[0] ?? '', given.slice(given.indexOf('=') + 1)]),
    ),
    env: env.values,
    port: port === undefined ? undefined : Number(port),
    words: [...more, ...behind],
    isCommand: flags.isOn('command'),
    restartPolicy: flags.one('restart') ?? (flags.isOn('stdin') ? 'OnFailure' : 'Always'),
    imagePullPolicy: flags.one('image-pull-policy'),
    interactive: { stdin: flags.isOn('stdin'), tty: flags.isOn('tty') },
  });
  return { pod: object };
}

function usageProblem(call: Call): string | null {
  const { flags } = call;
  const [restart, pull] = [flags.one('restart'), flags.one('image-pull-policy')];
  if (flags.isOn('tty') && !flags.isOn('stdin')) return '-i/--stdin is required for containers with -t/--tty=true';
  if (flags.isOn('expose') && flags.one('port') === undefined) return '--port must be set when exposing a service';
  if (restart !== undefined && !['Always', 'OnFailure', 'Never'].includes(restart)) return `invalid restart policy: ${restart}`;
  if (flags.isOn('rm') && !isAttached(call)) return '--rm should only be used for attached containers';
  if (isAttached(call) && dryRun(call) !== 'none')
    return "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)";
  return pull === undefined || ['Always', 'IfNotPresent', 'Never'].includes(pull) ? null : `invalid image pull policy: ${pull}`;
}

function labelsOf({ flags }: Call, name: string): { readonly values: Labels } | Failure {
  const given = flags.all('labels').join(',');
  return given === '' ? { values: { run: name } } : labelSpec(given);
}

/** `a=b,c=d` (generate.ParseLabels). */
export function labelSpec(text: string): { readonly values: Labels } | Failure {
  const pairs = text.split(',').map((pair) => pair.split('='));
  const wrong = pairs.find((pair) => pair.length !== 2 || pair[0] === '');
  if (wrong !== undefined) return client(wrong[0] === '' ? 'unexpected empty label key' : `unexpected label spec: ${wrong.join('=')}`);
  return { values: Object.fromEntries(pairs.map(([key = '', value = '']) => [key, value])) };
}

function environment(given: readonly string[]): { readonly values: readonly JsonMap[] } | Failure {
  const wrong = given.find((text) => !/^[^=\s]+=/.test(text));
  if (wrong !== undefined) return client(`invalid env: ${wrong}`);
  return { values: given.map((text) => ({ name: text.slice(0, text.indexOf('=')), value: text.slice(text.indexOf('=') + 1) })) };
}

/** The Service that --expose makes: of the Pod's name and port, for its labels. */
function serviceOf(call: Call): JsonMap {
  const name = call.words[0] ?? '';
  const labels = labelsOf(call, name);
  const port = Number(call.flags.one('port'));
  const selector = isFailure(labels) ? {} : labels.values;
  const own = call.flags.one('labels') === undefined ? {} : selector;
  const named = { name, namespace: call.isNamespaceNamed ? call.namespace : undefined };
  return exposing(named, own, { selector, ports: [{ port, protocol: 'TCP', targetPort: port }] });
}
