// The commands themselves: arguments and files in, text and an exit status out. Nothing here touches the machine.

import {
  beginLive,
  caseHolds,
  diagnose,
  LANGUAGES,
  type Language,
  type Live,
  LONGEST,
  type Loaded,
  labCase,
  liveServer,
  type ScenarioRequest,
  seek,
  sendMany,
} from '../engine/index';
import { kubectl } from '../kubectl/kubectl';
import { newSession } from '../kubectl/session';
import { type Arguments, choice, parseArguments, required, wholeNumber } from './arguments';
import { checkSources, formatCheck } from './check';
import { diagnosisReport, formatDiagnosis } from './diagnosis';
import { type ChosenSettings, loadSources } from './loading';
import { requestProblem } from './request-problem';
import { type Read, readSources, type Sources } from './sources';
import { traceReport } from './trace-json';
import { formatTrace } from './trace-text';
import { UsageError } from './usage-error';
import { formatVerified, readCases, verifyCases } from './verify';

export interface Result {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line. What the user got wrong comes back as status 2; our own mistakes are thrown. */
export function run(words: readonly string[], read: Read): Result {
  try {
    return command(parseArguments(words), read);
  } catch (error) {
    if (error instanceof UsageError) return { status: 2, out: '', err: `${isPlaced(error.message) ? '' : 'kubehop: '}${error.message}\n` };
    throw error;
  }
}

/** Whether the line begins with file, line and column, as editors read it. */
function isPlaced(message: string): boolean {
  return /^.*?:\d+:\d+: /.test(message);
}

function command(args: Arguments, read: Read): Result {
  switch (args.command) {
    case 'trace':
      return trace(args, read);
    case 'diagnose':
      return diagnoseRequest(args, read);
    case 'check':
      return check(args, read);
    case 'verify':
      return verify(args, read);
    case 'dataplane':
      return dataplane(args, read);
    case 'kubectl':
      return kubectlOn(args, read);
    default:
      throw new UsageError(`${args.command} is not there yet`);
  }
}

function trace(args: Arguments, read: Read): Result {
  const output = choice(args, 'o', ['text', 'json', 'mermaid', 'svg', 'pcapng']);
  const language = languageOf(args);
  const count = wholeNumber(args, 'count', { unset: 1, from: 1, to: 100_000 });
  const seed = wholeNumber(args, 'seed', { unset: 1, from: 0, to: 0xffffffff });
  const request = requestOf(args);
  const settings = chosenSettings(args);
  if (output !== 'text' && output !== 'json') throw new UsageError(`trace: -o ${output} is not there yet`);
  noPositionals(args);
  const sources = readSources(args.files, read);
  const { loaded, complaints } = loadSources(sources, language, settings);
  const many = sendMany(clusterOf(args, loaded, sources), request, seed, count);
  if (many.kind === 'refused') throw new UsageError(requestProblem(many.problem));
  const sent = many.open(0);
  if (sent === null) throw new Error('nothing was sent');
  const samples = args.options.count === undefined ? null : many.samples;
  const out = output === 'json' ? json(traceReport(sent, language, samples)) : formatTrace(sent, language, samples);
  return { status: 0, out, err: lines(complaints) };
}

function diagnoseRequest(args: Arguments, read: Read): Result {
  const output = choice(args, 'o', ['text', 'json']);
  const language = languageOf(args);
  const seed = wholeNumber(args, 'seed', { unset: 1, from: 0, to: 0xffffffff });
  const request = requestOf(args);
  noPositionals(args);
  const sources = readSources(args.files, read);
  const { loaded, complaints } = loadSources(sources, language, chosenSettings(args));
  const found = diagnose(clusterOf(args, loaded, sources), request, seed);
  if (found.kind === 'refused') throw new UsageError(requestProblem(found.problem));
  const report = { request, diagnosis: found.diagnosis, sources };
  const out = output === 'json' ? json(diagnosisReport(report, language)) : formatDiagnosis(report, language);
  return { status: 0, out, err: lines(complaints) };
}

function check(args: Arguments, read: Read): Result {
  const output = choice(args, 'o', ['text', 'json']);
  const language = languageOf(args);
  noPositionals(args);
  const report = checkSources(readSources(args.files, read), language);
  return { status: report.valid ? 0 : 1, out: output === 'json' ? json(report) : formatCheck(report), err: '' };
}

function verify(args: Arguments, read: Read): Result {
  const output = choice(args, 'o', ['text', 'json']);
  const mode = args.options['proxy-mode'] === undefined ? null : choice(args, 'proxy-mode', ['iptables', 'nftables', 'ipvs']);
  const files = [...args.positionals, ...args.files];
  if (files.length === 0) throw new UsageError('verify: no file of cases is named');
  const verified = verifyCases(
    files.flatMap((file) => readCases({ file, text: read(file) })),
    mode,
  );
  const status = verified.some((one) => caseHolds(one) === false) ? 1 : 0;
  return { status, out: output === 'json' ? json({ cases: verified }) : formatVerified(verified), err: '' };
}

function dataplane(args: Arguments, read: Read): Result {
  choice(args, 'o', ['json', 'text']);
  const settings = chosenSettings(args);
  noPositionals(args);
  const { loaded, complaints } = loadSources(readSources(args.files, read), 'en', settings);
  return { status: 0, out: json(labCase(loaded)), err: lines(complaints) };
}

/** The cluster at rest, or so many seconds (`--at`) after its manifest was applied to an empty one. */
function liveOf(args: Arguments, loaded: Loaded, { text }: Sources): Live {
  const at = args.options.at === undefined ? null : wholeNumber(args, 'at', { unset: 0, from: 0, to: LONGEST / 1000 });
  return at === null ? beginLive(loaded, text) : seek(beginLive(loaded, text, 'nothing'), at * 1000);
}

function clusterOf(args: Arguments, loaded: Loaded, sources: Sources): Loaded {
  return args.options.at === undefined ? loaded : liveServer(liveOf(args, loaded, sources)).loaded;
}

function kubectlOn(args: Arguments, read: Read): Result {
  const sources = readSources(args.files, read);
  const { loaded, complaints } = loadSources(sources, 'en');
  const live = liveOf(args, loaded, sources);
  const input = isPiped(args.positionals) ? read('-') : '';
  const answer = kubectl(newSession(liveServer(live), fileOf(read)), args.positionals, input);
  const err = lines(complaints) + answer.err;
  // There is no editor, as with the real tool on a machine without one.
  if (answer.edit !== undefined) return { status: 1, out: answer.out, err: `${err}error: unable to launch the editor "vi"\n` };
  return { status: answer.status, out: answer.out, err };
}

/** Whether `-f -` stands among the words: standard input is read only then. */
function isPiped(words: readonly string[]): boolean {
  return words.some(
    (word, index) => /^(?:-f-|-f=-|--filename=-)$/.test(word) || (word === '-' && /^(?:-f|--filename)$/.test(words[index - 1] ?? '')),
  );
}

function fileOf(read: Read): (file: string) => string | null {
  return (file) => {
    try {
      return read(file);
    } catch (error) {
      if (error instanceof UsageError) return null;
      throw error;
    }
  };
}

function requestOf(args: Arguments): ScenarioRequest {
  const protocol = choice(args, 'protocol', ['TCP', 'UDP', 'SCTP', 'ICMP']);
  return { from: required(args, 'from'), to: required(args, 'to'), protocol, via: args.options.via ?? null };
}

function languageOf(args: Arguments): Language {
  return choice(args, 'lang', LANGUAGES);
}

/** What the command asks for; what it leaves open the objects of the files may say. */
function chosenSettings(args: Arguments): ChosenSettings {
  const proxyMode = choice(args, 'proxy-mode', ['iptables', 'ipvs', 'nftables']);
  const network = choice(args, 'network', ['calico', 'calico-ipip', 'calico-vxlan', 'flannel', 'kindnet', 'bridge', 'none']);
  const { options } = args;
  return {
    ...(options['proxy-mode'] === undefined ? {} : { proxyMode }),
    ...(options.network === undefined ? {} : { network, crossSubnet: false }),
  };
}

function noPositionals({ command: name, positionals: [first] }: Arguments): void {
  if (first !== undefined) throw new UsageError(`${name}: what is ${first}? (files are named with -f)`);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}
