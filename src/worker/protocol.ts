// What page and worker say to each other. Every question has an `id`; its answer bears the same one.
// The worker keeps the world: the page only ever sees views of it.

import type {
  Comparison,
  Deed,
  HappeningView,
  KeptObject,
  LiveChange,
  LiveView,
  Origin,
  Pending,
  ProxyModeName,
  RequestProblem,
  Sample,
  ScenarioRequest,
  SentAt,
  SentRequest,
  SettingChange,
  SettingWritten,
  Snapshot,
  SourceRange,
  ToldDiagnosis,
  Undone,
  WithoutSecrets,
} from '../engine/index';
import type { Completion } from '../kubectl/complete/complete';

export type Question =
  /** Read this text; `revision` comes back with the snapshot. `anew`: nothing of what commands have done to its cluster stays;
   *  `atRest`: what they had done to it at an earlier visit. */
  | {
      readonly kind: 'load';
      readonly revision: number;
      readonly text: string;
      readonly anew?: boolean;
      readonly atRest?: DoneAtRest | null;
    }
  | { readonly kind: 'send'; readonly request: ScenarioRequest; readonly seed: number }
  /** Send it `count` times in one world, one after the other. */
  | { readonly kind: 'send-many'; readonly request: ScenarioRequest; readonly seed: number; readonly count: number }
  /** Open one of the last many. */
  | { readonly kind: 'open-sample'; readonly index: number }
  /** The same request in the mode in force and in this one. */
  | { readonly kind: 'compare'; readonly request: ScenarioRequest; readonly seed: number; readonly mode: ProxyModeName }
  /** Write the fix of one of the snapshot's diagnostics, counted from 0, into this text, which is the one that was loaded last. */
  | { readonly kind: 'fix'; readonly text: string; readonly diagnostic: number }
  /** Why the request fails, and what this text, which is the one that was loaded last, would be without the cause. */
  | { readonly kind: 'diagnose'; readonly request: ScenarioRequest; readonly seed: number; readonly text: string }
  /** Write one setting into this text, which is the one that was loaded last. */
  | { readonly kind: 'write-setting'; readonly text: string; readonly change: SettingChange }
  /** The text without the values of its Secrets. */
  | { readonly kind: 'clear-secrets'; readonly text: string }
  /** A line of the terminal, in a cluster of this text. */
  | { readonly kind: 'command'; readonly line: string; readonly text: string }
  /** The change of a command, written into a text that was edited while the command ran. */
  | { readonly kind: 'merge'; readonly base: string; readonly changed: string; readonly edited: string }
  /** What may follow in the line before the cursor. */
  | { readonly kind: 'complete'; readonly line: string; readonly cursor: number; readonly text: string }
  /** To the cluster over time. While there is one, requests go into it as it is where its clock stands. */
  | { readonly kind: 'live'; readonly live: LiveQuestion }
  | { readonly kind: 'end-live' };

/** What commands have done to a cluster at rest, and the text whose cluster it was when they began. */
export interface DoneAtRest {
  readonly began: string;
  readonly deeds: readonly Deed[];
}

/** A request whose trace is wanted with the answer; null: none. */
interface Tracing {
  readonly trace: { readonly request: ScenarioRequest; readonly seed: number } | null;
}

export type LiveQuestion =
  /** A session of this text, with all that was done to it before, and with what it begins with. */
  | ({
      readonly kind: 'begin';
      readonly text: string;
      readonly origin: Origin;
      readonly deeds: readonly Deed[];
      readonly undone: readonly Undone[];
      readonly at: number;
      readonly change: LiveChange | null;
    } & Tracing)
  /** The clock is put to the instant; `next`: to the next happening behind it. */
  | ({ readonly kind: 'look' | 'next'; readonly at: number } & Tracing)
  /** Something is done at the instant. */
  | ({ readonly kind: 'change'; readonly at: number; readonly change: LiveChange } & Tracing)
  | ({ readonly kind: 'undo' | 'redo' } & Tracing)
  /** A request is sent at the instant and stands on the axis from then on; its trace comes with the answer. */
  | { readonly kind: 'request'; readonly at: number; readonly request: ScenarioRequest; readonly seed: number }
  /** The trace of one that stands there. */
  | { readonly kind: 'open'; readonly index: number };

/** The lines of a list behind the first so many, which are as before. */
export interface Grown<Line> {
  readonly from: number;
  readonly added: readonly Line[];
}

/** The cluster over time, as far as it is not as it was told before. */
export interface Lived {
  readonly view: Omit<LiveView, 'happenings' | 'sent' | 'manifest' | 'began' | 'deeds'>;
  readonly happenings: Grown<HappeningView>;
  readonly sent: Grown<SentAt>;
  readonly manifest: string | null;
  readonly began: string | null;
  readonly deeds: readonly Deed[] | null;
  readonly undone: readonly Undone[] | null;
  readonly snapshot: Snapshot | null;
  readonly trace:
    | { readonly kind: 'sent'; readonly sent: SentRequest }
    | { readonly kind: 'refused'; readonly problem: RequestProblem }
    | null;
}

/** Questions that stay worth answering when a newer text is loaded: somebody waits for them, whatever the plan shows. */
export function outlivesText({ kind }: Question): boolean {
  return ['command', 'merge', 'complete', 'clear-secrets', 'live', 'end-live'].includes(kind);
}

/** Where a command of the terminal would run. */
export interface ShellView {
  /** The machine whose shell one is in; null: the student's own. */
  readonly machine: string | null;
  readonly namespace: string;
}

/** `kubectl edit`: the page has an editor of its own. */
export interface EditedObject {
  /** `deployment/web`. */
  readonly name: string;
  /** null: no text says what it is. */
  readonly range: SourceRange | null;
}

export interface CommandRan {
  /** Where the page's clock stands after the command, in milliseconds; null where no time goes by. */
  readonly at: number | null;
  readonly status: number;
  /** What it printed on both ways, in the order of a terminal. */
  readonly output: string;
  /** What the editor is to hold: the manifest after the command, with the edit that was not applied yet; null: what it holds. */
  readonly text: string | null;
  /** Objects that the command changed in the cluster, and not in the text: an edit that is not applied yet stands there. */
  readonly kept: readonly KeptObject[];
  /** All that commands have done by now to the cluster at rest; null where time goes by. */
  readonly atRest: DoneAtRest | null;
  /** The cluster after the command, where it changed and the text did not. */
  readonly snapshot: Snapshot | null;
  /** The last request that it sent. */
  readonly sent: SentRequest | null;
  /** The object that the editor is to be opened at. */
  readonly edit: EditedObject | null;
  /** One line that does today what this one once did. */
  readonly instead: string | null;
  readonly shell: ShellView;
}

export type { Completion };

export type Answer =
  /** `pending`: what applying the text would change in the cluster over time; null where there is none. */
  | { readonly kind: 'loaded'; readonly snapshot: Snapshot; readonly pending: Pending | null }
  | { readonly kind: 'lived'; readonly lived: Lived }
  | { readonly kind: 'live-ended' }
  | { readonly kind: 'sent'; readonly sent: SentRequest }
  | { readonly kind: 'sent-many'; readonly revision: number; readonly samples: readonly Sample[] }
  | { readonly kind: 'compared'; readonly comparison: Comparison }
  /** `mended`: null where no single field of the text takes the cause away. */
  | { readonly kind: 'diagnosed'; readonly diagnosis: ToldDiagnosis; readonly mended: string | null }
  /** null: it cannot be written without touching anything else. */
  | { readonly kind: 'setting-written'; readonly written: SettingWritten | null }
  | { readonly kind: 'secrets-cleared'; readonly cleared: WithoutSecrets }
  | { readonly kind: 'command-ran'; readonly ran: CommandRan }
  | { readonly kind: 'merged'; readonly text: string; readonly kept: readonly KeptObject[] }
  | { readonly kind: 'completed'; readonly completion: Completion }
  /** The request itself makes no sense (unknown source, no host): a code and its values, for a sentence in the reader's language. */
  | { readonly kind: 'refused'; readonly reason: RequestProblem };

export interface Envelope<Body> {
  readonly id: number;
  readonly body: Body;
}

/** Our own mistake, caught once, in `server.ts`. */
export interface Crash {
  readonly id: number;
  readonly crash: { readonly message: string; readonly stack: string };
}
