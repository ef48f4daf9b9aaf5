// traceroute: three datagrams for each time to live, until the end answers that nobody takes them. Left out: names of routers, ICMP and TCP.

import type { Answer } from '../../answer';
import { readOptions } from '../getopt';
import { addressAsked, errorHeard, packetHeard, roundTrip } from '../heard';
import { toolboxOf } from '../images';
import { Conversation, type Run } from '../program';

const TABLE = { switches: 'nI46FdrvlT', values: 'mqwpftsi', long: {} };
const FIRST_PORT = 33434;
/** After so many that say nothing, a person stops it. */
const PATIENCE = 4;

export function traceroute(run: Run): Answer {
  const options = readOptions(run.words, TABLE);
  const [host] = 'problem' in options ? [] : options.words;
  if ('problem' in options || host === undefined)
    return { status: 1, out: '', err: 'Usage: traceroute [-n] [-m MAXTTL] [-q PROBES] HOST\n' };
  const isBusybox = run.place.kind === 'container' && toolboxOf(run.place.image).make !== 'gnu';
  const [farthest, probes] = [Number(options.last('m') ?? 30), Math.min(5, Number(options.last('q') ?? 3))];
  const talk = new Conversation(run);
  let out = '';
  let to = host;
  let silent = 0;
  for (let ttl = 1; ttl <= farthest; ttl += 1) {
    const hop = probed(talk, { to, ttl, probes: silent === 0 ? probes : 1 });
    if (hop === null) return { status: 1, out: '', err: `traceroute: bad address '${host}'\n` };
    if (hop.address === null) return talk.over(1, '', `traceroute: bad address '${host}'\n`);
    if (ttl === 1) out += `traceroute to ${host} (${hop.address}), ${farthest} hops max, ${isBusybox ? 46 : 60} byte packets\n`;
    to = hop.address;
    out += `${String(ttl).padStart(2)}  ${hop.text}\n`;
    if (hop.isEnd) return talk.over(0, out);
    silent = hop.isSilent ? silent + 1 : 0;
    if (silent === PATIENCE) return talk.over(130, `${out}^C\n`);
  }
  return talk.over(0, out);
}

interface Hop {
  readonly address: string | null;
  readonly text: string;
  readonly isEnd: boolean;
  readonly isSilent: boolean;
}

function probed(
  talk: Conversation,
  { to, ttl, probes }: { readonly to: string; readonly ttl: number; readonly probes: number },
): Hop | null {
  const parts: string[] = [];
  let [address, from, isEnd]: [string | null, string | null, boolean] = [null, null, false];
  for (let probe = 0; probe < probes; probe += 1) {
    const port = FIRST_PORT + (ttl - 1) * 3 + probe;
    const trace = talk.send({
      to: `${(address ?? to).includes(':') ? `[${address ?? to}]` : (address ?? to)}:${port}`,
      protocol: 'UDP',
      ttl,
    });
    if ('code' in trace) return null;
    address = addressAsked(trace);
    if (address === null) return { address, text: '', isEnd: true, isSilent: false };
    const heard = packetHeard(trace);
    const error = errorHeard(trace.steps);
    const isAnswered = heard !== null && (error !== null || trace.outcome.kind === 'delivered');
    if (!isAnswered) {
      parts.push('*');
      continue;
    }
    if (heard.source.ip !== from) parts.push(`${heard.source.ip} (${heard.source.ip})`);
    from = heard.source.ip;
    const mark = error === 'host-unreachable' ? ' !H' : error === 'net-unreachable' ? ' !N' : '';
    parts.push(`${roundTrip(trace).toFixed(3)} ms${mark}`);
    isEnd ||= error !== 'time-exceeded';
  }
  return { address, text: parts.join('  '), isEnd, isSilent: from === null };
}
