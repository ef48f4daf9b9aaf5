// metadata.uid: tells an object from an earlier one of the same name. An API server throws dice for it (a UUID of version 4, RFC 9562); here it
// follows from the name and from how many objects were made before, so that the same deeds give the same bytes.

import { sha1 } from '../net/sha';
import { formatRef, type ObjectRef } from './ref';

/** `serial`: how many objects were made since the cluster came to rest; null for one that was there by then. */
export function uidOf(ref: ObjectRef, serial: number | null = null): string {
  const bytes = sha1(serial === null ? formatRef(ref) : `${formatRef(ref)} ${serial}`).slice(0, 16);
  const hex = [...bytes].map((byte, index) => marked(byte, index).toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The version and the variant stand in the seventh and the ninth byte. */
function marked(byte: number, index: number): number {
  if (index === 6) return (byte & 0x0f) | 0x40;
  return index === 8 ? (byte & 0x3f) | 0x80 : byte;
}
