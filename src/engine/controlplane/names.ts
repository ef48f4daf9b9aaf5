// The random-looking ends of generated names and the starting points of allocators. A real cluster throws dice here; we derive
// them from what the object is called, so the same manifest always gives the same names.

import { throwDice } from '../net/dice';

/** What `rand.String` of apimachinery draws from: no vowels, and no 0, 1, 3 that look like letters. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** FNV-1a over the code units of the text, as an unsigned number of 32 bits. */
export function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) bits = Math.imul(bits ^ text.charCodeAt(index), 0x01000193);
  return bits >>> 0;
}

/** So many characters, decided by the seed alone. */
export function suffix(seed: string, length: number): string {
  let dice = { value: 0, seed: hash(seed) };
  let text = '';
  for (let index = 0; index < length; index += 1) {
    dice = throwDice(dice.seed);
    text += ALPHABET.charAt(Math.floor(dice.value * ALPHABET.length));
  }
  return text;
}

/** A whole number from 0 to `bound - 1`, decided by the seed alone. */
export function draw(seed: string, bound: number): number {
  return Math.floor(throwDice(hash(seed)).value * bound);
}

/** Whether a name ends as the ReplicaSet and then the Pod of a Deployment of this name end: `web-5d9f7b6c44-x2v8q`. Null where it does not. */
export function replicaSetNameIn(podName: string, deploymentName: string): string | null {
  if (!podName.startsWith(`${deploymentName}-`)) return null;
  const rest = podName.slice(deploymentName.length + 1);
  const match = new RegExp(`^([${ALPHABET}]{6,10})-[${ALPHABET}]{5}$`).exec(rest);
  return match?.[1] === undefined ? null : `${deploymentName}-${match[1]}`;
}

/** Whether a name is the other one with a generated end, and perhaps a number before that: `pi-x2v8q`, `pi-0-x2v8q`. */
export function isGeneratedName(name: string, prefix: string): boolean {
  return name.startsWith(`${prefix}-`) && new RegExp(`^(?:\\d+-)?[${ALPHABET}]{5}$`).test(name.slice(prefix.length + 1));
}
