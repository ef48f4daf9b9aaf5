// What one looks at on a node: the rules of iptables and nftables, IPVS, sets, connections, switches. All of them show, none changes.

import { type ChainListing, type Inside, insideOf } from '../../../engine/index';
import type { Answer } from '../../answer';
import { readOptions } from '../getopt';
import { senderOf } from '../place';
import { lines, type Program, type Run } from '../program';

type Tool = (inside: Inside, run: Run) => Answer;

function within(tool: Tool): Program {
  return (run) => {
    const inside = insideOf(run.server.loaded, senderOf(run.place));
    return inside === null ? failed(1, `${run.program}: the network of this machine is not simulated`) : tool(inside, run);
  };
}

function failed(status: number, text: string): Answer {
  return { status, out: '', err: `${text}\n` };
}

function out(text: string, err = ''): Answer {
  return { status: 0, out: text, err };
}

type TableName = ChainListing['table'];

function tableNamed(text: string | undefined, unset: TableName | null): TableName | null | 'unknown' {
  const known: readonly TableName[] = ['raw', 'mangle', 'nat', 'filter'];
  return text === undefined ? unset : (known.find((name) => name === text) ?? 'unknown');
}

export const iptablesSave: Program = within((inside, { program, words }) => {
  const options = readOptions(words, { switches: 'c', values: 't', long: { table: 't', counters: 'c' } });
  const table = 'problem' in options ? 'unknown' : tableNamed(options.last('t'), null);
  if (table === 'unknown') return failed(1, `${program}: Bad argument`);
  return out(inside.iptablesSave(program.startsWith('ip6') ? 6 : 4, table));
});

export const iptables: Program = within((inside, run) => {
  const { program, words } = run;
  const options = readOptions(words, {
    switches: 'LnvSx',
    values: 't',
    long: { table: 't', list: 'L', numeric: 'n', verbose: 'v', 'list-rules': 'S', 'line-numbers': 'line-numbers', exact: 'x' },
  });
  if ('problem' in options) {
    if (/^[ADIRFNXPZ]$/.test(options.option))
      return failed(4, 'Fatal: rules can be looked at here, and not changed: they follow from the manifest');
    return failed(
      2,
      `${program} v1.8.9 (nf_tables): unknown option "${options.option.startsWith('--') ? options.option : `-${options.option}`}"\nTry \`${program} -h' or '${program} --help' for more information.`,
    );
  }
  const table = tableNamed(options.last('t'), 'filter');
  if (table === 'unknown' || table === null)
    return failed(
      3,
      `${program} v1.8.9 (nf_tables): table '${options.last('t')}' does not exist\nPerhaps ${program} or your kernel needs to be upgraded.`,
    );
  const [chain = null] = options.words;
  const family = program.startsWith('ip6') ? 6 : 4;
  if (options.has('S')) return listRules(inside, { family, table, chain, program });
  if (!options.has('L'))
    return failed(
      2,
      `${program} v1.8.9 (nf_tables): no command specified\nTry \`${program} -h' or '${program} --help' for more information.`,
    );
  const listing = {
    table,
    chain,
    numeric: options.has('n'),
    verbose: options.has('v'),
    numbered: options.has('line-numbers'),
    family,
  } as const;
  const text = inside.iptablesList(listing);
  return text === null ? failed(1, `${program}: No chain/target/match by that name.`) : out(text);
});

/** `-S`: the lines of iptables-save, one chain or all. */
function listRules(
  inside: Inside,
  {
    family,
    table,
    chain,
    program,
  }: { readonly family: 4 | 6; readonly table: TableName; readonly chain: string | null; readonly program: string },
): Answer {
  const saved = inside.iptablesSave(family, table).split('\n');
  const heads = saved.flatMap((line) => {
    const [, name = '', policy] = /^:(\S+) (\S+)/.exec(line) ?? [];
    return name === '' ? [] : [{ name, text: policy === '-' ? `-N ${name}` : `-P ${name} ${policy}` }];
  });
  const wanted = heads.filter(({ name }) => chain === null || name === chain);
  if (chain !== null && wanted.length === 0) return failed(1, `${program}: No chain/target/match by that name.`);
  const rules = saved.filter((line) => line.startsWith('-A ') && (chain === null || line.startsWith(`-A ${chain} `)));
  return out(lines(...wanted.map(({ text }) => text), ...rules));
}

export const nft: Program = within((inside, { words }) => {
  const plain = words.filter((word) => !word.startsWith('-'));
  const [verb, what, ...rest] = plain;
  if (verb !== 'list')
    return failed(
      1,
      verb === undefined
        ? 'nft: no command specified'
        : 'Error: rules can be looked at here, and not changed: they follow from the manifest',
    );
  const family = rest.includes('ip6') ? 6 : rest.includes('ip') ? 4 : null;
  const text = inside.nftables(family);
  const tables = text.split(/(?<=^}\n)/m);
  const [, name] = /^table (\S+ \S+)/.exec(tables[0] ?? '') ?? [];
  switch (what) {
    case 'ruleset':
      return out(text);
    case 'tables':
      return out(lines(...tables.flatMap((table) => /^table \S+ \S+/.exec(table)?.[0] ?? [])));
    case 'table': {
      const found = tables.find(
        (table) => table.startsWith(`table ${rest.slice(0, 2).join(' ')} `) || table.startsWith(`table ip ${rest[0]} `),
      );
      return found === undefined ? failed(1, 'Error: No such file or directory') : out(found);
    }
    case 'chain':
    case 'set':
    case 'map':
      return part(tables, { what, words: rest, table: name ?? '' });
    default:
      return failed(1, `Error: syntax error, unexpected ${what ?? 'newline'}`);
  }
});

/** One chain, set or map, in the frame of its table. */
function part(
  tables: readonly string[],
  { what, words, table }: { readonly what: string; readonly words: readonly string[]; readonly table: string },
): Answer {
  const [family = 'ip', of, wanted] = words.length === 3 ? words : ['ip', ...words];
  const home = tables.find((text) => text.startsWith(`table ${family} ${of} `));
  const begin = home?.split('\n').findIndex((line) => line.trim() === `${what} ${wanted} {`) ?? -1;
  if (home === undefined || begin < 0)
    return failed(1, `Error: No such file or directory\nlist ${what} ${family} ${of ?? table} ${wanted ?? ''}`);
  const all = home.split('\n');
  const end = all.findIndex((line, index) => index > begin && line === '\t}');
  return out(lines(`table ${family} ${of} {`, ...all.slice(begin, end + 1), '}'));
}

export const ipvsadm: Program = within((inside, { words }) => {
  const letters = words.join('');
  if (words.some((word) => /^-[AEDaed]$/.test(word))) return failed(255, 'virtual servers can be looked at here, and not changed');
  return out(letters === '' || /L|l|list|-n/.test(letters) ? inside.ipvs() : inside.ipvs());
});

export const ipset: Program = within((inside, { words }) => {
  const [verb = 'list', name] = words.filter((word) => !word.startsWith('-'));
  const sets = Object.entries(inside.ipsets()).filter(([each]) => name === undefined || each === name);
  if (name !== undefined && sets.length === 0) return failed(1, 'ipset v7.17: The set with the given name does not exist');
  if (verb === 'save') return out(lines(...sets.flatMap(([, texts]) => texts)));
  if (words.includes('-n') || words.includes('-name')) return out(lines(...sets.map(([each]) => each)));
  return out(sets.map(([each, texts]) => setText(each, texts)).join('\n'));
});

function setText(name: string, [create = '', ...members]: readonly string[]): string {
  const [, , type = '', ...header] = create.split(' ');
  const entries = members.map((member) => member.split(' ').slice(2).join(' '));
  return lines(
    `Name: ${name}`,
    `Type: ${type}`,
    `Header: ${header.join(' ')}`,
    `Number of entries: ${entries.length}`,
    'Members:',
    ...entries,
  );
}

export const conntrack: Program = within((inside, { words }) => {
  const options = readOptions(words, {
    switches: 'LCn',
    values: 'pdsfg',
    long: {
      dump: 'L',
      proto: 'p',
      src: 's',
      dst: 'd',
      'orig-src': 's',
      'orig-dst': 'd',
      dport: 'dport:',
      sport: 'sport:',
      'orig-port-dst': 'dport:',
      count: 'C',
    },
  });
  if ('problem' in options) return failed(2, `conntrack v1.4.7 (conntrack-tools): Bad parameter ${options.option}`);
  const entries = inside.connections(options.last('f') === 'ipv6' ? 6 : 4);
  if (options.has('C')) return out(`${entries.length}\n`);
  const asked = (name: string, text: (value: string) => string) => options.all(name).map((value) => text(value));
  const wanted = [
    ...asked('d', (value) => ` dst=${value} `),
    ...asked('s', (value) => ` src=${value} `),
    ...asked('dport', (value) => ` dport=${value} `),
    ...asked('sport', (value) => ` sport=${value} `),
  ];
  const protocol = options.last('p');
  const shown = entries.filter((entry) => {
    const original = `${entry.split(/ src=/).slice(0, 2).join(' src=')} `;
    return (protocol === undefined || entry.startsWith(protocol)) && wanted.every((text) => original.includes(text));
  });
  return out(lines(...shown), `conntrack v1.4.7 (conntrack-tools): ${shown.length} flow entries have been shown.\n`);
});

export const sysctl: Program = within((inside, { words }) => {
  const names = words.filter((word) => !word.startsWith('-'));
  if (names.some((word) => word.includes('=')) || words.includes('-w'))
    return failed(255, 'sysctl: permission denied: switches can be looked at here, and not changed');
  const isBare = words.includes('-n');
  const shown = (name: string) => (isBare ? `${inside.sysctls[name]}` : `${name} = ${inside.sysctls[name]}`);
  if (words.includes('-a')) return out(lines(...Object.keys(inside.sysctls).map(shown)));
  const known = names.map((name) => name.replaceAll('/', '.'));
  const missing = known.filter((name) => !Object.hasOwn(inside.sysctls, name));
  const err = missing.map((name) => `sysctl: cannot stat /proc/sys/${name.replaceAll('.', '/')}: No such file or directory\n`).join('');
  return { status: missing.length === 0 ? 0 : 255, out: lines(...known.filter((name) => !missing.includes(name)).map(shown)), err };
});

export const bridge: Program = within((inside, { words }) =>
  words[0] === 'fdb' ? out(lines(...inside.forwarding)) : failed(255, `Object "${words[0] ?? ''}" is unknown, try "bridge help".`),
);
