// A check that can be made, and how the checks of a diagnosis follow one another: each is looked at only when all before it are as they
// should be, or show a symptom whose reason lies deeper.

import type { FieldPath } from '../kube/field-path';
import type { ObjectRef } from '../kube/ref';
import type { CauseFact } from './cause-fact';
import type { CheckFact } from './check-fact';
import type { About, Cause, Check, Command, Remedy } from './diagnosis';

/** What a look shows. */
export interface Look {
  readonly fact: CheckFact;
  readonly command: Command | null;
  readonly output: readonly string[];
  /** null: all is well. `symptom`: it is not, and a check behind this one tells why. */
  readonly complaint: Cause | 'symptom' | null;
}

export interface Stage {
  readonly code: CheckFact['code'];
  readonly about: About;
  readonly look: () => Look;
}

/** Makes the checks in order. Where nothing fails, nothing is complained of: what is odd then is no cause. */
export function inOrder(
  stages: readonly Stage[],
  suspicious: boolean,
): { readonly checks: readonly Check[]; readonly cause: Cause | null } {
  const checks: Check[] = [];
  let cause: Cause | null = null;
  for (const { code, about, look } of stages) {
    if (cause !== null) {
      checks.push({ code, about, verdict: 'not-reached' });
      continue;
    }
    const { complaint, ...seen } = look();
    const counts = suspicious ? complaint : null;
    checks.push({ code, about, verdict: counts === null ? 'passed' : counts === 'symptom' ? 'symptom' : 'failed', ...seen });
    if (counts !== null && counts !== 'symptom') cause = counts;
  }
  return { checks, cause };
}

/** Checks that will not be reached: known by their names alone. */
export function beyond(about: About, codes: readonly CheckFact['code'][]): readonly Stage[] {
  return codes.map((code) => ({
    code,
    about,
    look: () => {
      throw new Error(`the check ${code} has nothing to look at`);
    },
  }));
}

/** With kubectl, from anywhere. */
export function kubectl(text: string): Command {
  return { text: `kubectl ${text}`, node: null };
}

/** In a shell of a node. */
export function onNode(node: string, text: string): Command {
  return { text, node };
}

/** A cause with the object at fault and the field of it. */
export function cause(fact: CauseFact, at: { object: ObjectRef; path?: FieldPath; remedy?: Remedy | null } | null = null): Cause {
  return { fact, object: at?.object ?? null, path: at?.path ?? [], remedy: at?.remedy ?? null };
}
