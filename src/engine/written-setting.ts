// A setting changed from the page: written into the text where a cluster keeps it, and read back before it is shown.

import type { Built } from './built';
import type { ClusterSettings } from './controlplane/cluster';
import type { SettingChange } from './controlplane/setting-change';
import { settingsOf } from './controlplane/settings-objects';
import { withSetting } from './controlplane/write-setting';
import { clusterDomain } from './dataplane/corefile';
import { difference } from './manifest/difference';
import { parseManifest } from './manifest/parse';
import type { SourceRange } from './manifest/parsed';
import { readObjects } from './manifest/read';
import { PLAYGROUND } from './settings';
import type { SettingsView, SettingWritten } from './view';

/** How a cluster is set up, as far as the page shows and changes it. */
export function settingsView({ cluster }: Pick<Built, 'cluster'>): SettingsView {
  const { proxyMode, ipvsScheduler, masqueradeAll, localhostNodePorts, network, natOutgoing, loadBalancer } = cluster.settings;
  return {
    proxyMode,
    ipvsScheduler,
    masqueradeAll,
    localhostNodePorts,
    network,
    natOutgoing: natOutgoing !== 'none',
    loadBalancer,
    dnsDomain: clusterDomain(cluster),
  };
}

/** The text with the change; null where the place cannot be written alone, or another object still says otherwise. */
export function settingWritten(built: Built, text: string, change: SettingChange): SettingWritten | null {
  if (settingsView(built)[change.setting] === change.value) return { text, range: { from: 0, to: 0 } };
  const written = withSetting(text, change, built.cluster);
  return written === null || !holds(written, change) ? null : { text: written, range: newRange(text, written) };
}

function holds(text: string, change: SettingChange): boolean {
  const objects = readObjects(parseManifest(text)).objects.map(({ object }) => object);
  const { settings } = settingsOf(objects, PLAYGROUND, {});
  return change.setting === 'dnsDomain' || isSo(settings, change);
}

function isSo(settings: ClusterSettings, change: Exclude<SettingChange, { setting: 'dnsDomain' }>): boolean {
  if (change.setting === 'natOutgoing') return (settings.natOutgoing !== 'none') === change.value;
  return settings[change.setting] === change.value;
}

/** What the new text has and the old one has not. */
function newRange(before: string, after: string): SourceRange {
  const { from, added } = difference(before, after);
  return { from, to: from + added.length };
}
