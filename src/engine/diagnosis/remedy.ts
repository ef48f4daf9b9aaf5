// The text with a remedy written into it: one field, where it stands.

import type { Built } from '../built';
import { formatRef } from '../kube/ref';
import { withField } from '../manifest/edit';
import type { Remedy } from './diagnosis';

/** null where the place cannot be written alone. The text is the one that was built. */
export function withRemedy({ written }: Pick<Built, 'written'>, text: string, { object, path, value }: Remedy): string | null {
  const raw = written.get(formatRef(object));
  return raw === undefined ? null : withField(text, { place: raw, path, value });
}
