// Français : comment une phrase nomme les lieux, les adresses et les listes, et la typographie qui les entoure.

import type { Address, Spot } from './around';

export function place({ kind, label }: Spot): string {
  switch (kind) {
    case 'pod':
      return `le Pod ${label}`;
    case 'external':
      return `l’hôte ${label}`;
    case 'router':
      return `le routeur ${label}`;
    case 'gateway':
      return `la Gateway ${label}`;
    case 'node':
      return label;
  }
}

/** « de » devant un lieu : du Pod frontend, de node-1, d’orion. */
export function of(spot: Spot): string {
  switch (spot.kind) {
    case 'pod':
      return `du Pod ${spot.label}`;
    case 'external':
      return `de l’hôte ${spot.label}`;
    case 'router':
      return `du routeur ${spot.label}`;
    case 'gateway':
      return `de la Gateway ${spot.label}`;
    case 'node':
      return ofName(spot.label);
  }
}

/** « à » devant un lieu. */
export function to(spot: Spot): string {
  return spot.kind === 'pod' || spot.kind === 'router' ? `au ${spot.kind === 'pod' ? 'Pod' : 'routeur'} ${spot.label}` : `à ${place(spot)}`;
}

export function ofName(name: string): string {
  return /^[aeiouy]/i.test(name) ? `d’${name}` : `de ${name}`;
}

export function named({ text, owner }: Address): string {
  return owner === null || owner.kind === 'external' ? text : `${text} (${owner.kind === 'Node' ? 'nœud' : owner.kind} ${owner.label})`;
}

export function address(about: Address): string {
  return named({ ...about, text: about.ip });
}

export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} et ${items.at(-1)}`;
}

/** Zéro et un sont au singulier. */
export function times(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count < 2 ? one : many}`;
}

export function packet(reply: boolean): string {
  return reply ? 'la réponse' : 'le paquet';
}

/** Les espaces insécables : fine devant ; ? ! et pleine devant deux-points, %, et dans les guillemets. */
export function typographic(text: string): string {
  return text
    .replace(/ ([;?!])(?=\s|$)/g, '\u202f$1')
    .replace(/ ([:%])(?=[\s,.;)]|$)/g, '\u00a0$1')
    .replace(/« /g, '«\u00a0')
    .replace(/ »/g, '\u00a0»');
}
