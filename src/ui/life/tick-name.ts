// A request of the axis in words: `Request at 0:04.2: refused`.

import type { SentAt } from '../../engine/index';
import type { Tick } from '../../store/lanes';
import { clockTime } from '../../store/life-clock';
import { failureOf } from '../../store/live-state';
import type { LifeStrings } from './strings';

export function tickName(words: LifeStrings, sent: SentAt, { shape, ahead }: Tick): string {
  const outcome = words.outcomes[shape];
  // The outcome says all there is where no status came back.
  const how = shape === 'error' ? `${outcome} (${failureOf(sent)})` : outcome;
  return `${words.openRequest(clockTime(sent.at), how)}${ahead ? `, ${words.ahead}` : ''}`;
}
