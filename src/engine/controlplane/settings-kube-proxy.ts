// kube-proxy's KubeProxyConfiguration, in the ConfigMap kube-system/kube-proxy under the key config.conf (kubeadm).
// An empty mode is iptables (Linux); `userspace` went with v1.26. An empty clusterCIDR leaves kube-proxy without a notion of
// what is local (getLocalDetector: NewNoOpLocalDetector).

import { list, map, type Raw, texts } from '../kube/fields';
import type { Finding } from '../kube/finding';
import { type ApiObject, refOf } from '../kube/meta';
import { SCHEDULERS } from '../linux/virtual-server';
import { parseCidr } from '../net/cidr';
import { family } from '../net/ip';
import { merged, type ReadSettings } from './read-settings';
import { type SettingsText, settingsText, unknownSetting } from './settings-text';

const MODES = ['iptables', 'ipvs', 'nftables'] as const;
const KNOWN_SCHEDULERS: readonly string[] = SCHEDULERS;

/** What the ConfigMap says, as far as it says anything. */
export function kubeProxySettings(objects: readonly ApiObject[]): ReadSettings {
  const found = settingsText(objects, { namespaces: ['kube-system'], name: 'kube-proxy', key: 'config.conf' });
  if (found === null) return { settings: {}, findings: [] };
  if ('code' in found) return { settings: {}, findings: [found] };
  return merged([mode, scheduler, switches, clusterRange, nodePortAddresses].map((part) => part(found)));
}

const NOTHING: ReadSettings = { settings: {}, findings: [] };

function word(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function mode(found: SettingsText): ReadSettings {
  const said = word(found.value.mode);
  if (said === null) return NOTHING;
  const proxyMode = said === '' ? 'iptables' : MODES.find((known) => known === said);
  if (proxyMode !== undefined) return { settings: { proxyMode }, findings: [] };
  const settings = { proxyMode: 'iptables' } as const;
  if (said !== 'userspace')
    return { settings, findings: [unknownSetting(found, { field: 'mode', value: said, known: MODES, used: 'iptables' })] };
  const removed: Finding = {
    object: refOf(found.map),
    path: ['data', found.key],
    severity: 'warning',
    code: 'proxy-mode-removed',
    mode: said,
    used: 'iptables',
  };
  return { settings, findings: [removed] };
}

function scheduler(found: SettingsText): ReadSettings {
  const said = word(map(found.value.ipvs).scheduler);
  if (said === null) return NOTHING;
  if (said === '' || KNOWN_SCHEDULERS.includes(said)) return { settings: { ipvsScheduler: said || 'rr' }, findings: [] };
  const finding = unknownSetting(found, { field: 'ipvs.scheduler', value: said, known: KNOWN_SCHEDULERS, used: 'rr' });
  return { settings: { ipvsScheduler: 'rr' }, findings: [finding] };
}

/** Each mode has its own section: IPVS shares that of iptables, and nftables knows no node ports on localhost (v1alpha1 conversion). */
function switches({ value }: SettingsText): ReadSettings {
  const { masqueradeAll }: Raw = map(value.mode === 'nftables' ? value.nftables : value.iptables);
  const { localhostNodePorts }: Raw = map(value.iptables);
  return {
    settings: {
      ...(typeof masqueradeAll === 'boolean' ? { masqueradeAll } : {}),
      ...(typeof localhostNodePorts === 'boolean' ? { localhostNodePorts } : {}),
    },
    findings: [],
  };
}

/** One range, or one of each family. `detectLocalMode` other than by the cluster's range is taken for it. */
function clusterRange(found: SettingsText): ReadSettings {
  const { clusterCIDR, detectLocalMode } = found.value;
  const by = word(detectLocalMode) ?? '';
  const findings =
    by === '' || by === 'ClusterCIDR'
      ? []
      : [unknownSetting(found, { field: 'detectLocalMode', value: by, known: ['ClusterCIDR'], used: 'ClusterCIDR' })];
  const said = word(clusterCIDR);
  if (said === null) return { settings: {}, findings };
  if (said === '') return { settings: { detectLocal: false }, findings };
  const ranges = said.split(',').map((text) => parseCidr(text.trim()));
  if (ranges.includes(null))
    return { settings: {}, findings: [...findings, unknownSetting(found, { field: 'clusterCIDR', value: said, known: [], used: '' })] };
  const first = ranges.find((range) => range !== null && family(range.network) === 4) ?? ranges[0] ?? null;
  return { settings: { clusterCIDR: first, detectLocal: true }, findings };
}

function nodePortAddresses(found: SettingsText): ReadSettings {
  const written = texts(found.value.nodePortAddresses);
  if (list(found.value.nodePortAddresses).length === 0) return NOTHING;
  const bad = written.filter((text) => parseCidr(text) === null);
  return {
    settings: { nodePortAddresses: written.flatMap((text) => parseCidr(text) ?? []) },
    findings: bad.map((value) => unknownSetting(found, { field: 'nodePortAddresses', value, known: [], used: '' })),
  };
}
