// Who keeps NetworkPolicies on a node: the plugin of the network, where it has that part.

import type { NetworkName } from '../controlplane/cluster';
import { programPolicies } from './calico-policy';
import { divertToJudge } from './kindnet-policy';
import type { NodeCompiler } from './node-draft';

/** Without a compiler nobody reads the policies, whatever they say. Runs before kube-proxy, so that its rules stand first. */
export const NETWORK_POLICIES: Readonly<Partial<Record<NetworkName, NodeCompiler>>> = {
  calico: programPolicies,
  'calico-ipip': programPolicies,
  'calico-vxlan': programPolicies,
  kindnet: divertToJudge,
};
