// The workload controllers at work.

import type { PartName } from './happening';
import type { LifeDraft } from './life-draft';

export function syncWorkloads(_draft: LifeDraft, _name: PartName): void {}
