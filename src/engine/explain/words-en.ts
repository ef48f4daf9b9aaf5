// English: how places, addresses and lists are named inside a sentence.

import type { Address, Spot } from './around';

export function place({ kind, label }: Spot): string {
  switch (kind) {
    case 'pod':
      return `the Pod ${label}`;
    case 'external':
      return `the host ${label}`;
    case 'router':
      return `the router ${label}`;
    case 'gateway':
      return `the Gateway ${label}`;
    case 'node':
      return label;
  }
}

/** `10.1.1.11:8080 (Pod backend-2)`. */
export function named({ text, owner }: Address): string {
  return owner === null || owner.kind === 'external' ? text : `${text} (${owner.kind === 'Node' ? 'node' : owner.kind} ${owner.label})`;
}

export function address(of: Address): string {
  return named({ ...of, text: of.ip });
}

export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

export function times(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

export function packet(reply: boolean): string {
  return reply ? 'the answer' : 'the packet';
}
