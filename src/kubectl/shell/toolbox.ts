// Every program that can be run, by name, and which of them a place has.

import type { Answer } from '../answer';
import { toolboxOf } from './images';
import type { Place } from './place';
import type { Program, Run } from './program';
import { awk, sed } from './programs/awk-sed';
import { cat, ls } from './programs/cat';
import { crictl } from './programs/crictl';
import { curl } from './programs/curl';
import { dig } from './programs/dig';
import { getent } from './programs/getent';
import { grep } from './programs/grep';
import { host } from './programs/host';
import { ip } from './programs/ip';
import { bridge, conntrack, ipset, iptables, iptablesSave, ipvsadm, nft, sysctl } from './programs/kernel-tools';
import { kill } from './programs/kill';
import { nc } from './programs/nc';
import { ifconfig, netstat, route, ss } from './programs/net-tools';
import { nslookup } from './programs/nslookup';
import { ping } from './programs/ping';
import { date, echo, env, hostname, id, no, printenv, printf, ps, pwd, seq, sleep, test, uname, whoami, yes } from './programs/plain';
import { systemctl, turnedOff } from './programs/systemctl';
import { cut, head, sort, tail, tr, uniq, wc } from './programs/text-tools';
import { traceroute } from './programs/traceroute';
import { wget } from './programs/wget';

/** Programs that pass text on, or know only of themselves. */
const PLAIN: Readonly<Record<string, Program>> = {
  cat,
  ls,
  echo,
  printf,
  sleep,
  seq,
  env,
  printenv,
  hostname,
  date,
  whoami,
  id,
  uname,
  pwd,
  true: yes,
  ':': yes,
  false: no,
  test,
  '[': test,
  ps,
  kill,
  head,
  tail,
  sort,
  uniq,
  cut,
  wc,
  tr,
  grep,
  egrep: grep,
  awk,
  sed,
};

const NETWORK: Readonly<Record<string, Program>> = {
  curl,
  wget,
  ping,
  ping6: ping,
  nslookup,
  dig,
  host,
  getent,
  nc,
  netcat: nc,
  traceroute,
  tracepath: traceroute,
};

const KERNEL: Readonly<Record<string, Program>> = {
  ip,
  ifconfig,
  route,
  netstat,
  ss,
  bridge,
  sysctl,
  iptables,
  ip6tables: iptables,
  'iptables-save': iptablesSave,
  'ip6tables-save': iptablesSave,
  nft,
  ipvsadm,
  ipset,
  conntrack,
};

const ON_NODES: Readonly<Record<string, Program>> = {
  crictl,
  systemctl,
  poweroff: turnedOff,
  halt: turnedOff,
  shutdown: turnedOff,
  reboot: turnedOff,
};

/** A node has all of them; so has an image that nobody knows, but for the runtime's own. */
function programsOf(place: Place): Readonly<Record<string, Program>> {
  return {
    ...PLAIN,
    ...NETWORK,
    ...(place.kind === 'outside' ? {} : KERNEL),
    ...(place.kind === 'node' ? ON_NODES : {}),
  };
}

export function programNamed(place: Place, path: string): Program | null {
  const name = path.replace(/^(?:\/usr)?(?:\/local)?\/s?bin\//, '');
  const all = programsOf(place);
  const program = Object.hasOwn(all, name) ? all[name] : undefined;
  if (program === undefined) return null;
  const known = place.kind === 'container' ? toolboxOf(place.image).programs : null;
  return known === null || known.includes(name) || name === ':' ? program : null;
}

/** The names of all programs and shells that can be run in a place. */
export function programsAt(place: Place): readonly string[] {
  const names = Object.keys(programsOf(place)).filter((name) => /^\w/.test(name) && programNamed(place, name) !== null);
  return [...names, ...SHELLS.filter((name) => hasShell(place, name))];
}

const SHELLS = ['sh', 'bash', 'ash', 'dash', 'zsh'];

/** The shells that a place has. */
export function hasShell(place: Place, path: string): boolean {
  const name = path.replace(/^(?:\/usr)?\/bin\//, '');
  if (!SHELLS.includes(name)) return false;
  const { programs, make } = place.kind === 'container' ? toolboxOf(place.image) : { programs: null, make: 'gnu' as const };
  if (programs === null) return name !== 'ash';
  return programs.includes(name) || (name === 'ash' && make !== 'gnu' && programs.includes('sh'));
}

/** Whether a program of that name is known at all, wherever. */
export function isKnown(name: string): boolean {
  return [PLAIN, NETWORK, KERNEL, ON_NODES].some((all) => Object.hasOwn(all, name));
}

/** Runs it; null where the place does not have it. */
export function runProgram(run: Run): Answer | null {
  return programNamed(run.place, run.program)?.(run) ?? null;
}
