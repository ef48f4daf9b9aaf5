// `kubectl describe`: which objects, and each with the description of its kind (cmd/describe/describe.go). Where one name is given and no object
// has it, all objects whose names begin so are described. Several are described without their Events, unless these are asked for.

import type { StoredObject } from '../../engine/index';
import { type Answer, printed, refused } from '../answer';
import type { Call } from '../call';
import { fromFiles } from '../from-files';
import { isOf } from '../kinds';
import { type Resolved, resolve } from '../resolve';
import { describerOf } from './describers';
import { Page } from './page';

export function describe(call: Call): Answer {
  const { words, flags } = call;
  const isFile = flags.all('filename').length > 0;
  if (words.length === 0 && !isFile) return refused(`${NO_TYPE}\n`.trimEnd());
  const resolved = isFile ? fromFiles(call) : resolve(call);
  if ('status' in resolved) return resolved;
  const objects = resolved.found.flatMap((one) => one.objects);
  const missing = resolved.missing.map((line) => `${line}\n`).join('');
  if (missing !== '' && words.length === 2 && !isFile) return byPrefix(call, resolved, missing);
  const isSeveral = objects.length > 1 || missing !== '';
  const out = objects.map((object) => described(call, object, withEvents(call, isSeveral))).join('\n\n');
  if (missing !== '') return { status: 1, out, err: missing };
  return objects.length > 0 ? printed(out) : printed('', nothingFound(call));
}

const NO_TYPE =
  'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.';

function withEvents({ flags }: Call, isSeveral: boolean): boolean {
  return flags.one('show-events') === undefined ? !isSeveral : flags.isOn('show-events');
}

function byPrefix(call: Call, { found }: Resolved, missing: string): Answer {
  const [only] = found;
  const prefix = only?.name ?? '';
  const all = call.server.objects.filter(
    (object) =>
      only !== undefined &&
      isOf(only.resource, object) &&
      (object.namespace === null || object.namespace === call.namespace) &&
      object.name.startsWith(prefix),
  );
  // The name was looked for in vain, which counts as an error: no Events without --show-events.
  const out = all.map((object) => `${described(call, object, withEvents(call, true))}\n`).join('');
  return all.length === 0 ? { status: 1, out: '', err: missing } : printed(out);
}

function described({ server }: Call, object: StoredObject, isWithEvents: boolean): string {
  const page = new Page();
  describerOf(object)(page, { object, objects: server.objects, now: server.now, withEvents: isWithEvents });
  return page.text;
}

function nothingFound({ flags, namespace }: Call): string {
  return flags.isOn('all-namespaces') ? 'No resources found\n' : `No resources found in ${namespace} namespace.\n`;
}
