// What a node's connection tracking shows at a step: the last entries that were added there, the newest last.

import type { Step } from '../engine/index';

export interface RegisterLine {
  readonly id: number;
  /** The client's port: what tells one conversation from another. */
  readonly port: number;
  readonly purpose: Step['at']['purpose'];
  readonly protocol: string;
  readonly fresh: boolean;
  readonly replied: boolean;
}

const SHOWN = 3;

export function registerAt(steps: readonly Step[], index: number, netns: string): readonly RegisterLine[] {
  const lines: RegisterLine[] = [];
  for (const [number, step] of steps.slice(0, index + 1).entries()) {
    for (const effect of step.effects) {
      if (effect.kind === 'connection-added' && effect.netns === netns) {
        const { id, original, protocol } = effect.connection;
        lines.push({ id, port: original.source.port, purpose: step.at.purpose, protocol, fresh: number === index, replied: false });
      }
      if (effect.kind === 'connection-replied' && effect.netns === netns) {
        const known = lines.findIndex((line) => line.id === effect.id);
        const line = lines[known];
        if (line !== undefined) lines[known] = { ...line, replied: true };
      }
    }
  }
  return [...lines, ...unconfirmed(steps[index], netns, lines)].slice(-SHOWN);
}

/** A new connection is written down when its packet leaves; at the stops before it is in the kernel's hand, and worth showing once an address was chosen. */
function unconfirmed(step: Step | undefined, netns: string, lines: readonly RegisterLine[]): readonly RegisterLine[] {
  if (step?.kind !== 'hook-passed' || step.at.netns !== netns || step.translations.length === 0) return [];
  const connection = step.skb?.connection ?? null;
  if (connection === null || lines.some(({ id }) => id === connection.id)) return [];
  const { id, original, protocol } = connection;
  return [{ id, port: original.source.port, purpose: step.at.purpose, protocol, fresh: true, replied: false }];
}
