// What kubectl says of the old ways to write `--dry-run`: bare, or as true and false. It takes them, and remarks on them in its log
// (GetDryRunStrategy of cmd/util/helpers.go); any other word is refused.

import { formatTimestamp } from '../engine/index';
import { type Answer, refused } from './answer';

/** The remark for standard error; empty where there is none. */
export function dryRunRemark(given: string | undefined, now: number): string | Answer {
  if (given === undefined || ['client', 'server', 'none'].includes(given)) return '';
  if (given === 'unchanged') return logged(now, '719] --dry-run is deprecated and can be replaced with --dry-run=client.');
  if (!/^(?:1|0|t|f|true|false)$/i.test(given)) return refused(`Invalid dry-run value (${given}). Must be "none", "server", or "client".`);
  const today = /^(?:1|t|true)$/i.test(given) ? 'client' : 'none';
  return logged(
    now,
    `${today === 'client' ? 733 : 736}] --dry-run=${given} is deprecated (boolean value) and can be replaced with --dry-run=${today}.`,
  );
}

/** As klog heads a warning: month and day, the time, the process, the line of its source. */
function logged(now: number, text: string): string {
  const [, month = '', day = '', time = ''] = /^\d+-(\d\d)-(\d\d)T([\d:]{8})/.exec(formatTimestamp(now)) ?? [];
  const micros = `${String(Math.floor(now) % 1000).padStart(3, '0')}000`;
  return `W${month}${day} ${time}.${micros}       1 helpers.go:${text}\n`;
}
