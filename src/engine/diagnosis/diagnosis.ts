// What a diagnosis is: the checks that a person with kubectl and a shell would make, in order, each with its command and what that
// prints, up to the first that fails for good; and the cause that it names. Plain data: the sentences are made in `tell-diagnosis.ts`.

import type { FieldPath } from '../kube/field-path';
import type { ObjectRef } from '../kube/ref';
import type { Plain } from '../manifest/spell';
import type { CauseFact } from './cause-fact';
import type { CheckFact } from './check-fact';

/** What a check is about: which of the conversations behind one request, or the one who asks. */
export type About = 'client' | 'name' | 'name-server' | 'service' | 'proxy' | 'back-end';

/** What is typed, and where. */
export interface Command {
  readonly text: string;
  /** The node on which to type it; null: anywhere with kubectl. */
  readonly node: string | null;
}

/** `symptom`: not as it should be, and a later check tells why. `failed`: the cause. What comes behind was not looked at. */
export type Verdict = 'passed' | 'symptom' | 'failed' | 'not-reached';

export type Check =
  | {
      readonly code: CheckFact['code'];
      readonly about: About;
      readonly verdict: Exclude<Verdict, 'not-reached'>;
      readonly fact: CheckFact;
      /** null: there is nothing to type. */
      readonly command: Command | null;
      /** What the command prints, in short: in English, as the tools speak. */
      readonly output: readonly string[];
    }
  | { readonly code: CheckFact['code']; readonly about: About; readonly verdict: 'not-reached' };

/** A change of one field that takes the cause away. */
export interface Remedy {
  readonly object: ObjectRef;
  readonly path: FieldPath;
  readonly value: Plain;
}

export interface Cause {
  readonly fact: CauseFact;
  /** The object at fault, and the field of it; null where it is nothing that an API server keeps. */
  readonly object: ObjectRef | null;
  readonly path: FieldPath;
  /** null where no single field would do, or where nobody wrote the object. */
  readonly remedy: Remedy | null;
}

export interface Diagnosis {
  readonly checks: readonly Check[];
  /** The part of such requests that fails, in [0, 1]. */
  readonly failing: number;
  /** null where every request is answered. */
  readonly cause: Cause | null;
}
