// What this machine's kernel lacks, tried for real: IPVS and IPIP are modules that a small kernel comes without.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { ClusterSettings } from '../../src/engine/controlplane/cluster';

function works(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

const HAS_IPVS =
  (existsSync('/proc/net/ip_vs') || works('modprobe', 'ip_vs')) &&
  works('ipvsadm', '--version') &&
  works('ip', 'link', 'add', 'try0', 'type', 'dummy');
const HAS_IPIP = works('ip', 'link', 'show', 'tunl0') || works('modprobe', 'ipip');

/** Why a cluster of this kind cannot be built here; null where it can. */
export function beyond({ proxyMode, network }: Pick<ClusterSettings, 'proxyMode' | 'network'>): string | null {
  if (proxyMode === 'ipvs' && !HAS_IPVS) return 'IPVS, which this kernel has not (or ipvsadm is missing)';
  if (network === 'calico-ipip' && !HAS_IPIP) return 'IPIP tunnels, which this kernel has not';
  return null;
}
