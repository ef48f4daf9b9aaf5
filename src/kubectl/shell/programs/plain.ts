// Programs that need no network: they print what they are told, or what they know of their place.

import { insideOf } from '../../../engine/index';
import type { Answer } from '../../answer';
import { textAt } from '../../fields';
import { toolboxOf } from '../images';
import { senderOf } from '../place';
import { lines, type Program, type Run } from '../program';

function out(text: string): Answer {
  return { status: 0, out: text, err: '' };
}

export const echo: Program = ({ words }) => {
  const flags = words.slice(
    0,
    words.findIndex((word) => !/^-[neE]+$/.test(word)) < 0 ? words.length : words.findIndex((word) => !/^-[neE]+$/.test(word)),
  );
  const text = words.slice(flags.length).join(' ');
  const isSpelt = flags.some((flag) => flag.includes('e'));
  return out(`${isSpelt ? escaped(text) : text}${flags.some((flag) => flag.includes('n')) ? '' : '\n'}`);
};

export const printf: Program = ({ words }) => {
  const [format = '', ...values] = words;
  const rest = [...values];
  let text = '';
  do
    text += escaped(format).replace(/%%|%[-0-9.]*[sdi]/g, (sign) =>
      sign === '%%' ? '%' : (rest.shift() ?? (sign.endsWith('s') ? '' : '0')),
    );
  while (rest.length > 0 && /%[-0-9.]*[sdi]/.test(format));
  return out(text);
};

function escaped(text: string): string {
  return text.replace(/\\([nrt\\])/g, (_, letter: string) => ({ n: '\n', r: '\r', t: '\t' })[letter] ?? '\\');
}

/** Nobody waits here: the clock belongs to the page. */
export const sleep: Program = ({ words }) =>
  words.length > 0 && words.every((word) => /^\d+(?:\.\d+)?[smhd]?$|^infinity$/.test(word))
    ? out('')
    : { status: 1, out: '', err: words.length === 0 ? 'sleep: missing operand\n' : `sleep: invalid time interval '${words[0]}'\n` };

export const seq: Program = ({ words }) => {
  const numbers = words.map(Number);
  const [first, step, last] =
    numbers.length === 1
      ? [1, 1, numbers[0] ?? 0]
      : numbers.length === 2
        ? [numbers[0] ?? 1, 1, numbers[1] ?? 0]
        : [numbers[0] ?? 1, numbers[1] ?? 1, numbers[2] ?? 0];
  if (numbers.some((number) => !Number.isFinite(number)) || numbers.length === 0 || step === 0)
    return { status: 1, out: '', err: 'seq: invalid argument\n' };
  const count = Math.min(1000, Math.max(0, Math.floor((last - first) / step) + 1));
  return out(lines(...Array.from({ length: count }, (_, index) => String(first + index * step))));
};

export const env: Program = ({ variables, words }) =>
  words.length === 0
    ? out(lines(...Object.entries(variables).map(([name, value]) => `${name}=${value}`)))
    : { status: 125, out: '', err: 'env: running a program in another environment is not simulated\n' };

export const printenv: Program = ({ variables, words }) => {
  if (words.length === 0) return out(lines(...Object.entries(variables).map(([name, value]) => `${name}=${value}`)));
  const found = words.flatMap((name) => (Object.hasOwn(variables, name) ? [variables[name] ?? ''] : []));
  return { status: found.length === words.length ? 0 : 1, out: lines(...found), err: '' };
};

export const hostname: Program = (run) => {
  const own = ownName(run);
  const isAddress = run.words.some((word) => word === '-i' || word === '-I' || word === '--ip-address' || word === '--all-ip-addresses');
  if (!isAddress) return out(`${own}\n`);
  const inside = insideOf(run.server.loaded, senderOf(run.place));
  const addresses = inside?.devices.flatMap((device) => (device.loopback ? [] : device.addresses.map(({ address }) => address))) ?? [];
  return out(`${(run.words.includes('-i') ? addresses.slice(0, 1) : addresses).join(' ')}${run.words.includes('-I') ? ' ' : ''}\n`);
};

function ownName({ place }: Run): string {
  if (place.kind === 'node') return place.node;
  return place.kind === 'outside' ? 'kubehop' : textAt(place.json, 'spec', 'hostname') || place.pod;
}

/** `Mon Jan  5 09:00:00 UTC 2026`. */
export const date: Program = ({ server, words }) => {
  const now = new Date(server.now);
  if (words[0]?.startsWith('+%s') === true) return out(`${Math.floor(server.now / 1000)}\n`);
  const [day = '', number = '', month, year, time] = now.toUTCString().split(' ');
  return out(`${day.replace(',', '')} ${month} ${String(Number(number)).padStart(2)} ${time} UTC ${year}\n`);
};

export const whoami: Program = ({ place }) => out(place.kind === 'outside' ? 'student\n' : 'root\n');

export const id: Program = ({ place }) =>
  out(place.kind === 'outside' ? 'uid=1000(student) gid=1000(student) groups=1000(student)\n' : 'uid=0(root) gid=0(root) groups=0(root)\n');

export const uname: Program = (run) => out(run.words.some((word) => word.includes('n')) ? `${ownName(run)}\n` : 'Linux\n');

export const pwd: Program = ({ place }) => out(place.kind === 'outside' ? '/home/student\n' : place.kind === 'node' ? '/root\n' : '/\n');

export const yes: Program = () => out('');

export const no: Program = () => ({ status: 1, out: '', err: '' });

/** `test` and `[`: comparisons of texts and numbers, and whether a text is empty. */
export const test: Program = ({ program, words }) => {
  const asked = program === '[' ? words.slice(0, -1) : words;
  const [first = '', operator = '', second = ''] = asked[0] === '!' ? asked.slice(1) : asked;
  const answer = asked.length === 0 ? false : decided(first, operator, second);
  return { status: answer === (asked[0] === '!') ? 1 : 0, out: '', err: '' };
};

function decided(first: string, operator: string, second: string): boolean {
  if (first === '-z') return operator === '';
  if (first === '-n') return operator !== '';
  switch (operator) {
    case '=':
    case '==':
      return first === second;
    case '!=':
      return first !== second;
    case '-eq':
      return Number(first) === Number(second);
    case '-ne':
      return Number(first) !== Number(second);
    case '-gt':
      return Number(first) > Number(second);
    case '-lt':
      return Number(first) < Number(second);
    case '-ge':
      return Number(first) >= Number(second);
    case '-le':
      return Number(first) <= Number(second);
    default:
      return first !== '';
  }
}

/** The one program of the container, and what asks. */
export const ps: Program = (run) => {
  const { place } = run;
  if (place.kind !== 'container') return { status: 1, out: '', err: 'ps: the processes of this machine are not simulated\n' };
  const isBusybox = toolboxOf(place.image).make !== 'gnu';
  const head = isBusybox ? 'PID   USER     TIME  COMMAND' : '    PID TTY          TIME CMD';
  const row = (pid: number, name: string) =>
    isBusybox ? `${String(pid).padStart(5)} root      0:00 ${name}` : `${String(pid).padStart(7)} ?        00:00:00 ${name}`;
  return out(lines(head, row(1, place.container), row(7, 'ps')));
};
