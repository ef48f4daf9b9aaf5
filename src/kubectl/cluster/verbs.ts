// The verbs that tell of the cluster as a whole, of the API, and of the student's own configuration.

import type { Verbs } from '../call';
import { apiResources, apiVersions } from './api-resources';
import { canI, reconcile, whoAmI } from './auth';
import { clusterInfo, clusterInfoDump } from './cluster-info';
import { completion, copy, decideCertificate, kustomize, pluginList } from './elsewhere';
import { events } from './events';
import { explain } from './explain';
import { currentContext, getContexts, getNames, view } from './kubeconfig';
import { deleteNamed, renameContext, setContext, setNamed, setProperty, unsetProperty, useContext } from './kubeconfig-change';
import { top } from './top';
import { version } from './version';

export const CLUSTER_VERBS: Verbs = {
  'api-resources': apiResources,
  'api-versions': apiVersions,
  'auth can-i': canI,
  'auth reconcile': reconcile,
  'auth whoami': whoAmI,
  'certificate approve': decideCertificate,
  'certificate deny': decideCertificate,
  'cluster-info': clusterInfo,
  'cluster-info dump': clusterInfoDump,
  completion,
  'config current-context': currentContext,
  'config delete-cluster': deleteNamed,
  'config delete-context': deleteNamed,
  'config delete-user': deleteNamed,
  'config get-clusters': getNames,
  'config get-contexts': getContexts,
  'config get-users': getNames,
  'config rename-context': renameContext,
  'config set': setProperty,
  'config set-cluster': setNamed,
  'config set-context': setContext,
  'config set-credentials': setNamed,
  'config unset': unsetProperty,
  'config use-context': useContext,
  'config view': view,
  cp: copy,
  events,
  explain,
  kustomize,
  'plugin list': pluginList,
  'top node': top,
  'top pod': top,
  version,
};
