// The laboratory: network namespaces of the real kernel, kept from cluster to cluster and rewired for each. All of it lives in private mount,
// network and process namespaces that scripts/test-kernel.mjs begins: no packet can leave, and with its first process everything is gone.

import { spawnSync } from 'node:child_process';
import type { LabCase, LabNode } from '../../src/engine/lab-case';
import type { Kernel, World } from '../../src/engine/linux/kernel';
import { AgentProcess } from './agent-process';
import type { Connecting, Listener, Try } from './protocol';
import { routeLines, type Wiring, wire } from './wiring';

/** What is to be built: kernels and cables of the world, and for the nodes the texts of `kubehop dataplane`. */
export interface Blueprint {
  readonly world: World;
  readonly texts: LabCase;
  /** Ports of hosts outside, which accept every connection: those that somebody asks for. */
  readonly outsidePorts: readonly number[];
}

export class Laboratory {
  readonly #program: string;
  readonly #prefix: string;
  readonly #fabric: AgentProcess;
  /** Every namespace made so far: those of nodes, where netfilter has been, and the others. */
  readonly #pool: { readonly nodes: AgentProcess[]; readonly others: AgentProcess[] } = { nodes: [], others: [] };
  #agents = new Map<string, AgentProcess>();
  #wiring: Wiring | null = null;
  #installed = new Map<string, Kernel>();
  #texts = new Map<string, LabNode>();

  constructor(program: string, prefix: string) {
    this.#program = program;
    this.#prefix = prefix;
    this.#fabric = this.#found('fabric');
  }

  close(): void {
    for (const agent of [this.#fabric, ...this.#pool.nodes, ...this.#pool.others]) agent.stop();
  }

  /** Takes the last cluster away and builds this one. */
  async build({ world, texts, outsidePorts }: Blueprint): Promise<void> {
    await this.#clear();
    await this.#settleIn(Object.keys(world.kernels));
    const wiring = wire(world, (netns) => (netns === null ? this.#fabric : this.agent(netns)).namespace);
    this.#wiring = wiring;
    batch(wiring.cables);
    await this.#fabric.run(['ip', '-batch', '-'], text(wiring.fabric));
    this.#texts = new Map(texts.nodes.map((node) => [`node/${node.name}`, node]));
    await together(
      Object.values(world.kernels).map(async (kernel) => {
        await this.#furnish(kernel, wiring);
        const node = this.#texts.get(kernel.netns);
        if (node !== undefined) await this.#load(kernel.netns, node);
        await this.#open(kernel, outsidePorts);
      }),
    );
    this.#installed = new Map(Object.entries(world.kernels));
  }

  agent(netns: string): AgentProcess {
    const agent = this.#agents.get(netns);
    if (agent === undefined) throw new Error(`the laboratory has no ${netns}`);
    return agent;
  }

  /** Changes routes to what this world says, where it differs from what is there. */
  async follow(world: World): Promise<void> {
    for (const kernel of Object.values(world.kernels)) {
      const before = this.#installed.get(kernel.netns);
      if (before === undefined || before.routes === kernel.routes) continue;
      for (const of of [4, 6] as const) {
        const [old, now] = [routeLines(before, of), routeLines(kernel, of)];
        const lines = [
          ...old.filter((line) => !now.includes(line)).map((line) => `route del ${line}`),
          ...now.filter((line) => !old.includes(line)).map((line) => `route add ${line}`),
        ];
        if (lines.length > 0) await this.agent(kernel.netns).run(['ip', `-${of}`, '-batch', '-'], text(lines));
      }
      this.#installed.set(kernel.netns, kernel);
    }
  }

  /** The nodes forget connections and affinities. */
  async forget(): Promise<void> {
    await together(
      this.#nodes().map(([netns, agent]) => Promise.all(this.#oblivion(netns).map(({ argv, input }) => agent.attempt(argv, input)))),
    );
  }

  #oblivion(netns: string): readonly { readonly argv: readonly string[]; readonly input?: string }[] {
    const kernel = this.#installed.get(netns);
    const sets = (kernel?.nftables ?? []).flatMap(({ family, name, dynamicSets }) =>
      dynamicSets.map((set) => `flush set ${family === 6 ? 'ip6' : 'ip'} ${name} ${set.name}`),
    );
    const ipvs = this.#texts.get(netns)?.ipvs;
    return [
      { argv: ['conntrack', '-F'] },
      ...(hasAffinity(this.#texts.get(netns))
        ? [{ argv: ['sh', '-c', 'for list in /proc/net/xt_recent/*; do echo / > "$list"; done'] }]
        : []),
      ...(sets.length > 0 ? [{ argv: ['nft', '-f', '-'], input: text(sets) }] : []),
      ...(ipvs === undefined ? [] : [{ argv: ['sh', '-c', 'ipvsadm -C && ipvsadm -R'], input: ipvs }]),
    ];
  }

  async connect(netns: string, connecting: Connecting): Promise<readonly Try[]> {
    return this.agent(netns).connect(connecting);
  }

  /** `conntrack -L` of one node. */
  async connections(netns: string, protocol: string, family: 4 | 6): Promise<readonly string[]> {
    const name = protocol === 'ICMP' && family === 6 ? 'icmpv6' : protocol.toLowerCase();
    const { output } = await this.agent(netns).attempt(['conntrack', '-L', '-f', family === 4 ? 'ipv4' : 'ipv6', '-p', name]);
    return output.split('\n').filter((line) => line !== '');
  }

  #nodes(): readonly [string, AgentProcess][] {
    return [...this.#agents].filter(([netns]) => netns.startsWith('node/'));
  }

  #found(name: string): AgentProcess {
    const namespace = `${this.#prefix}${name}`;
    ip(['netns', 'add', namespace]);
    const agent = new AgentProcess(namespace, this.#program);
    void agent.write(FIRST_SYSCTLS).then(() => agent.run(['ip', 'link', 'set', 'lo', 'up']));
    return agent;
  }

  async #settleIn(names: readonly string[]): Promise<void> {
    this.#agents = new Map();
    let [nodes, others] = [0, 0];
    for (const netns of names) {
      const isNode = netns.startsWith('node/');
      const pool = isNode ? this.#pool.nodes : this.#pool.others;
      const index = isNode ? nodes++ : others++;
      const agent = pool[index] ?? this.#found(`${isNode ? 'n' : 'h'}${index}`);
      pool[index] = agent;
      this.#agents.set(netns, agent);
    }
    await together([...this.#agents.values()].map((agent) => agent.attempt(['true'])));
  }

  async #clear(): Promise<void> {
    const wiring = this.#wiring;
    if (wiring === null) return;
    this.#wiring = null;
    await together(
      [[null, this.#fabric] as const, ...this.#agents].map(async ([netns, agent]) => {
        await agent.listen([], []);
        const ends = wiring.ends.filter((end) => end.netns === netns).map(({ device }) => `link del ${device}`);
        await agent.attempt(['ip', '-force', '-batch', '-'], text([...ends, ...CLEARED]));
        if (wiring.inside.get(netns ?? '')?.routes6.some((line) => /^(blackhole|unreachable)/.test(line)))
          await agent.attempt(['ip', '-6', 'route', 'flush', 'table', 'main']);
        if (netns?.startsWith('node/')) for (const argv of UNPROGRAMMED) await agent.attempt(argv);
      }),
    );
  }

  async #furnish(kernel: Kernel, wiring: Wiring): Promise<void> {
    const agent = this.agent(kernel.netns);
    const lines = wiring.inside.get(kernel.netns);
    if (lines === undefined) return;
    await agent.write(lines.sysctls);
    await agent.run(['ip', '-batch', '-'], text(lines.devices));
    if (lines.forwarding.length > 0) await agent.run(['bridge', '-batch', '-'], text(lines.forwarding));
    if (lines.routes4.length > 0) await agent.run(['ip', '-4', '-batch', '-'], text(lines.routes4.map((line) => `route add ${line}`)));
    if (lines.routes6.length > 0) await agent.run(['ip', '-6', '-batch', '-'], text(lines.routes6.map((line) => `route add ${line}`)));
  }

  /** The texts of `kubehop dataplane`, unchanged, each read by its own tool. */
  async #load(netns: string, node: LabNode): Promise<void> {
    const agent = this.agent(netns);
    await agent.write(Object.entries(node.sysctls).map(([name, value]) => [`/proc/sys/${name.replaceAll('.', '/')}`, String(value)]));
    if (node.ipset !== undefined) await agent.run(['ipset', 'restore'], node.ipset);
    if (node.rules !== '') await agent.run(['iptables-restore', '-w'], node.rules);
    if (node.rules6 !== undefined) await agent.run(['ip6tables-restore', '-w'], node.rules6);
    if (node.nft !== undefined) await agent.run(['nft', '-f', '-'], node.nft);
    if (node.ipvs !== undefined) await agent.run(['ipvsadm', '-R'], node.ipvs);
  }

  async #open({ netns, sockets, devices }: Kernel, outsidePorts: readonly number[]): Promise<void> {
    const listeners = sockets.flatMap(({ protocol, address, port, owner }): readonly Listener[] => {
      if (protocol === 'SCTP') return [];
      return (port === null ? outsidePorts : [port]).map((at) => ({ protocol, address, port: at, owner }));
    });
    const own = ['127.0.0.1', '::1', ...devices.flatMap(({ addresses }) => addresses.map(({ ip }) => ip))];
    await this.agent(netns).listen(listeners, own);
  }
}

/** What every namespace is set to once. Refusals are not rationed, redirects neither sent nor believed, IPv6 addresses used at once. */
const FIRST_SYSCTLS: readonly (readonly [string, string])[] = [
  ...['all', 'default'].flatMap((of): (readonly [string, string])[] => [
    [`/proc/sys/net/ipv4/conf/${of}/rp_filter`, '0'],
    [`/proc/sys/net/ipv4/conf/${of}/send_redirects`, '0'],
    [`/proc/sys/net/ipv4/conf/${of}/accept_redirects`, '0'],
    [`/proc/sys/net/ipv6/conf/${of}/accept_dad`, '0'],
    [`/proc/sys/net/ipv6/conf/${of}/accept_ra`, '0'],
    [`/proc/sys/net/ipv6/conf/${of}/disable_ipv6`, '0'],
    [`/proc/sys/net/ipv6/conf/${of}/router_solicitations`, '0'],
  ]),
  ['/proc/sys/net/ipv4/icmp_ratelimit', '0'],
  ['/proc/sys/net/ipv4/icmp_ratemask', '0'],
  ['/proc/sys/net/ipv6/icmp/ratelimit', '0'],
  ['/proc/sys/net/ipv4/fib_multipath_hash_policy', '1'],
  ['/proc/sys/net/ipv6/fib_multipath_hash_policy', '1'],
];

const CLEARED: readonly string[] = ['route flush table main', 'addr flush dev lo scope global'];

const UNPROGRAMMED: readonly (readonly string[])[] = [
  ['nft', 'flush', 'ruleset'],
  ['ipset', 'destroy'],
  ['sh', '-c', '[ ! -e /proc/net/ip_vs ] || ipvsadm -C'],
  ['conntrack', '-F'],
];

function hasAffinity(node: LabNode | undefined): boolean {
  return `${node?.rules}${node?.rules6}`.includes('-m recent');
}

/** All of it is over, well or badly, before anything else begins. */
async function together(work: readonly Promise<unknown>[]): Promise<void> {
  for (const done of await Promise.allSettled(work)) if (done.status === 'rejected') throw done.reason;
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

function ip(args: readonly string[], input = ''): void {
  const { status, stderr } = spawnSync('ip', args, { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}\n${input}`);
}

function batch(lines: readonly string[]): void {
  ip(['-batch', '-'], text(lines));
}
