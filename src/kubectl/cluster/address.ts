// Where the API server of the simulated cluster is: at the address that the Endpoints of the Service `kubernetes` name.

import type { StoredObject } from '../../engine/index';
import { listAt, textAt } from '../fields';

export function serverUrl(objects: readonly StoredObject[]): string {
  const endpoints = objects.find(({ kind, namespace, name }) => kind === 'Endpoints' && namespace === 'default' && name === 'kubernetes');
  const [subset] = listAt(endpoints?.json, 'subsets');
  const ip = textAt(listAt(subset, 'addresses')[0], 'ip');
  const port = textAt(listAt(subset, 'ports')[0], 'port');
  return ip === '' ? 'https://localhost:6443' : `https://${ip.includes(':') ? `[${ip}]` : ip}:${port}`;
}
