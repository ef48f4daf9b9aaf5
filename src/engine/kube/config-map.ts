// A ConfigMap: read for the settings of CoreDNS and kube-proxy, and by containers through envFrom.

import type { Labels, ObjectMeta } from './meta';

export interface ConfigMap {
  readonly kind: 'ConfigMap';
  readonly metadata: ObjectMeta;
  readonly data: Labels;
}
