// The objects that files name, as the API server has them: `get -f`, `describe -f`.

import type { Answer } from './answer';
import type { Call } from './call';
import type { Resolved } from './resolve';
import { chosen } from './write/chosen';
import { isFailure, refusedBy } from './write/progress';

export function fromFiles(call: Call): Resolved | Answer {
  const picked = chosen(call, []);
  if (isFailure(picked)) return refusedBy(call.server, picked);
  const found = picked.objects.map(({ resource, live }) => ({ resource, name: live.name, objects: [live] }));
  const missing = picked.failures.map((failure) => refusedBy(call.server, failure).err.trimEnd());
  const isOne = call.flags.all('filename').length === 1 && found.length + missing.length === 1;
  return { found, named: true, single: isOne, missing };
}
