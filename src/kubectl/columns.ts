// The columns that the API server's printers give each resource (pkg/printers/internalversion/printers.go), of 1.36: which kind has which.
// The cells are told in columns-workloads.ts, columns-network.ts and columns-cluster.ts.

import { AGE, type Column, NAME } from './column';
import { CLUSTER_COLUMNS } from './columns-cluster';
import { NETWORK_COLUMNS } from './columns-network';
import { WORKLOAD_COLUMNS } from './columns-workloads';
import type { Resource } from './kinds';

/** A kind without its own printer has its name and age. */
export function columnsOf({ kind, group }: Resource): readonly Column[] {
  if (kind === 'Event' && group === 'events.k8s.io') return CLUSTER_COLUMNS.Event ?? [];
  const known = WORKLOAD_COLUMNS[kind] ?? NETWORK_COLUMNS[kind] ?? CLUSTER_COLUMNS[kind];
  return known !== undefined && isBuiltIn(group) ? known : [NAME, AGE];
}

function isBuiltIn(group: string): boolean {
  return !group.includes('.') || group.endsWith('.k8s.io');
}
