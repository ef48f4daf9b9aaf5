// Identifiers that a runtime would draw, made from names instead, so that the same cluster always shows the same ones (FNV-1a, 64 bits).

const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/** Thirteen hexadecimal digits, as the runtimes shorten theirs. */
export function identifier(name: string): string {
  let hash = OFFSET;
  for (const sign of name) hash = ((hash ^ BigInt(sign.codePointAt(0) ?? 0)) * PRIME) & 0xffffffffffffffffn;
  return hash.toString(16).padStart(16, '0').slice(0, 13);
}
