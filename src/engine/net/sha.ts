// SHA-256 and SHA-1 (FIPS 180-4), synchronous: kube-proxy names its chains by the one, Calico its devices by the other.
// The browser's own are asynchronous, and outside of what the engine may see.

import { utf8 } from './bytes';

/** Messages shorter than 2^32 bits. */
export function sha256(text: string): Uint8Array {
  const state = Uint32Array.from(SHA256_START);
  const words = new Uint32Array(64);
  for (const block of blocksOf(utf8(text))) mixSha256(state, words, block);
  return bigEndian(state);
}

export function sha1(text: string): Uint8Array {
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const words = new Uint32Array(80);
  for (const block of blocksOf(utf8(text))) mixSha1(state, words, block);
  return bigEndian(state);
}

/** The message padded with a one, zeros and its length in bits, in blocks of 64 bytes. */
function* blocksOf(message: Uint8Array): Generator<DataView> {
  const padded = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, message.length * 8);
  for (let at = 0; at < padded.length; at += 64) yield new DataView(padded.buffer, at, 64);
}

function bigEndian(state: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(state.length * 4);
  const view = new DataView(bytes.buffer);
  state.forEach((word, index) => {
    view.setUint32(index * 4, word);
  });
  return bytes;
}

const rotateRight = (word: number, by: number): number => (word >>> by) | (word << (32 - by));
const rotateLeft = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

const PRIMES = firstPrimes(64);
/** The first 32 bits of the fractional parts of square roots (start) and cube roots (constants) of the first primes. */
const SHA256_START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const SHA256_CONSTANTS = PRIMES.map((prime) => fraction(Math.cbrt(prime)));

function firstPrimes(count: number): readonly number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate += 1)
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  return primes;
}

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}

function mixSha256(state: Uint32Array, words: Uint32Array, block: DataView): void {
  const word = (index: number): number => words[index] ?? 0;
  for (let index = 0; index < 64; index += 1) {
    if (index < 16) {
      words[index] = block.getUint32(index * 4);
      continue;
    }
    const [early, late] = [word(index - 15), word(index - 2)];
    const low = rotateRight(early, 7) ^ rotateRight(early, 18) ^ (early >>> 3);
    const high = rotateRight(late, 17) ^ rotateRight(late, 19) ^ (late >>> 10);
    words[index] = word(index - 16) + low + word(index - 7) + high;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let index = 0; index < 64; index += 1) {
    const sum1 = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25);
    const t1 = (h + sum1 + ((e & f) ^ (~e & g)) + (SHA256_CONSTANTS[index] ?? 0) + word(index)) | 0;
    const sum0 = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22);
    const t2 = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  addTo(state, [a, b, c, d, e, f, g, h]);
}

function mixSha1(state: Uint32Array, words: Uint32Array, block: DataView): void {
  const word = (index: number): number => words[index] ?? 0;
  for (let index = 0; index < 80; index += 1) {
    words[index] =
      index < 16 ? block.getUint32(index * 4) : rotateLeft(word(index - 3) ^ word(index - 8) ^ word(index - 14) ^ word(index - 16), 1);
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let index = 0; index < 80; index += 1) {
    const next = (rotateLeft(a, 5) + sha1Round(index, b, c, d) + e + word(index)) | 0;
    [e, d, c, b, a] = [d, c, rotateLeft(b, 30), a, next];
  }
  addTo(state, [a, b, c, d, e]);
}

function sha1Round(index: number, b: number, c: number, d: number): number {
  if (index < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (index < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (index < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

function addTo(state: Uint32Array, words: readonly number[]): void {
  words.forEach((word, index) => {
    state[index] = (state[index] ?? 0) + word;
  });
}
