// How a cluster was set up, read where a cluster keeps it: kube-proxy's ConfigMap as kubeadm writes it, Calico's IPPool, flannel's
// ConfigMap, MetalLB's pools, and a ConfigMap of our own for what has no object (`settings-own.ts`). What the command or the page asks for
// in so many words comes before all of these; a field that is absent says nothing.
// Facts: kubeproxy.config.k8s.io/v1alpha1; projectcalico v3 IPPool; flannel Documentation/configuration.md. Left out: pools that
// are bound to nodes by a selector, flannel's back ends other than vxlan and host-gw, kube-proxy's own command line.

import type { Finding } from '../kube/finding';
import type { ApiObject } from '../kube/meta';
import type { ClusterSettings } from './cluster';
import { merged } from './read-settings';
import { kubeProxySettings } from './settings-kube-proxy';
import { networkSettings } from './settings-network';
import { metalLbSettings, ownSettings } from './settings-own';
import { shownSettings } from './settings-shown';

/** The settings of the cluster: `chosen` first, then the objects, then what holds for want of both. */
export function settingsOf(
  objects: readonly ApiObject[],
  base: ClusterSettings,
  chosen: Partial<ClusterSettings>,
): { readonly settings: ClusterSettings; readonly findings: readonly Finding[] } {
  const { settings, findings } = merged([
    shownSettings(objects),
    networkSettings(objects),
    kubeProxySettings(objects),
    metalLbSettings(objects),
    ownSettings(objects),
  ]);
  return { settings: { ...base, ...settings, ...chosen }, findings };
}
