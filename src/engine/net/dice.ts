// The dice of the simulation: a number of 32 bits that is threaded through the world, so the same seed gives the same bytes.
// The step is Mulberry32: small, well spread, and the same in every browser.

/** A number in [0, 1) and the seed for the next throw. */
export function throwDice(seed: number): { readonly value: number; readonly seed: number } {
  const next = (seed + 0x6d2b79f5) >>> 0;
  let bits = Math.imul(next ^ (next >>> 15), next | 1);
  bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
  return { value: ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32, seed: next };
}
