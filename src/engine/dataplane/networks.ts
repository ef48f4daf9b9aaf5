// The networks that can be chosen, each with its compiler.

import type { NetworkName } from '../controlplane/cluster';
import { BRIDGE_NETWORK } from './bridge';
import { CALICO, CALICO_IPIP, CALICO_VXLAN } from './calico';
import { FLANNEL } from './flannel';
import { KINDNET } from './kindnet';
import { NO_NETWORK } from './none';
import type { PodNetwork } from './pod-network';

export const NETWORKS: Readonly<Record<NetworkName, PodNetwork>> = {
  calico: CALICO,
  'calico-ipip': CALICO_IPIP,
  'calico-vxlan': CALICO_VXLAN,
  flannel: FLANNEL,
  kindnet: KINDNET,
  bridge: BRIDGE_NETWORK,
  none: NO_NETWORK,
};
