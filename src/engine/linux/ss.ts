// A listening socket as `ss -ltunp` prints it.

import type { Socket } from './socket';

export function formatListening({ protocol, address, port, owner }: Socket): string {
  const state = protocol === 'UDP' ? 'UNCONN' : 'LISTEN';
  return `${protocol.toLowerCase()} ${state} ${address ?? '*'}:${port ?? '*'} ${owner}`;
}
