// What stands before the line, so that one always knows where a command would run.

import type { ShellView } from '../../store/terminal';

export const CONTINUED = '> ';

/** `student@kubehop:~$ `, with the namespace where it is another than default; on a node one is root. */
export function promptOf({ machine, namespace }: ShellView): string {
  if (machine !== null) return `root@${machine}:~# `;
  return namespace === 'default' ? 'student@kubehop:~$ ' : `student@kubehop (${namespace}):~$ `;
}
