// Has kube-proxy on the first node of the way written what the API server's endpoints ask for? The rules of the kernel as it runs are
// held against those that it should have: where they differ and lead astray, kube-proxy does not run there, or lags.

import type { ProxyModeName } from '../controlplane/cluster';
import { formatRule } from '../linux/iptables-save';
import { formatRealServer, formatVirtualServer } from '../linux/ipvsadm';
import type { Kernel } from '../linux/kernel';
import { chainsOf } from '../linux/netfilter';
import { formatElement } from '../linux/nft-rule';
import { sameSocket } from '../net/packet';
import { type Call, translated } from './call';
import type { Cause, Command } from './diagnosis';
import { firstLines } from './output';
import { programmedFor } from './programmed';
import type { Behind } from './service-stages';
import { cause, type Look, onNode } from './stage';

/** `node` is the first one on the way. */
export function ruled(behind: Behind, call: Call, node: string): Look {
  const { given, label, endpoints } = behind;
  const kernel = given.world.kernels[`node/${node}`];
  const mode = given.cluster.settings.proxyMode;
  return {
    fact: { code: 'node-rules', service: label, node, mode, endpoints: endpoints.filter(({ usable }) => usable).length },
    command: commandFor(behind, call, { mode, node }),
    output: kernel === undefined ? [] : shown(kernel, behind, { mode, call }),
    complaint: kernel === undefined || isLedRight(behind, call) ? null : outdated(behind, kernel, node),
  };
}

/** Whether the packet was sent to an address that is an endpoint now: then the rules of this node are not to blame. */
function isLedRight({ endpoints }: Behind, call: Call): boolean {
  const to = translated(call);
  return to !== null && endpoints.some(({ address, usable }) => usable && sameSocket(address, to));
}

function outdated({ given, called, label }: Behind, kernel: Kernel, node: string): Cause | null {
  const wanted = given.wanted().kernels[kernel.netns];
  if (wanted === undefined) return null;
  const [has, should] = [programmedFor(kernel, called.ref), programmedFor(wanted, called.ref)];
  if (has.join('\n') === should.join('\n')) return null;
  const object = { kind: 'Node', namespace: null, name: node };
  return cause({ code: 'kube-proxy-behind', service: label, node, rules: has.length === 0 ? 'none' : 'old' }, { object });
}

interface Shown {
  readonly mode: ProxyModeName;
}

function commandFor({ called }: Behind, call: Call, { mode, node }: Shown & { readonly node: string }): Command {
  const { namespace, name } = called.ref;
  const six = call.asked.ip.includes(':');
  switch (mode) {
    case 'iptables':
      return onNode(node, `${six ? 'ip6tables' : 'iptables'}-save -t nat | grep ${namespace}/${name}`);
    case 'nftables':
      return onNode(node, `nft list map ${six ? 'ip6' : 'ip'} kube-proxy service-ips`);
    case 'ipvs':
      return onNode(
        node,
        `ipvsadm -Ln ${call.protocol === 'UDP' ? '-u' : '-t'} ${six ? `[${call.asked.ip}]` : call.asked.ip}:${call.asked.port}`,
      );
  }
}

function shown(kernel: Kernel, { called }: Behind, { mode, call }: Shown & { readonly call: Call }): readonly string[] {
  const { namespace, name } = called.ref;
  const six = call.asked.ip.includes(':');
  switch (mode) {
    case 'iptables': {
      const nat = (six ? kernel.ip6tables : kernel.iptables).nat;
      const chains = nat === undefined ? [] : chainsOf(nat).filter((chain) => /^KUBE-(?:SERVICES|SVC|NODEPORTS|EXT)/.test(chain.name));
      const own = chains.flatMap((chain) =>
        chain.rules.filter((rule) => rule.comment.includes(`${namespace}/${name}`)).map((rule) => ({ chain, rule })),
      );
      return firstLines(own.map(({ chain, rule }) => formatRule(chain.name, rule)));
    }
    case 'nftables': {
      const table = kernel.nftables.find((one) => one.name === 'kube-proxy' && one.family === (six ? 6 : 4));
      const elements = Object.values(table?.maps ?? {}).find((map) => map.name === 'service-ips')?.elements ?? [];
      return firstLines(
        elements.filter(({ key }) => key.startsWith(`${call.asked.ip} `)).map((element) => formatElement(element, six ? 6 : 4)),
      );
    }
    case 'ipvs': {
      const servers = kernel.ipvs.filter(({ address, protocol }) => protocol === call.protocol && sameSocket(address, call.asked));
      return firstLines(
        servers.flatMap((server) => [
          formatVirtualServer(server),
          ...server.servers.map((real) => formatRealServer({ real, active: 0, inactive: 0 })),
        ]),
      );
    }
  }
}
