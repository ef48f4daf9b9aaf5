// What the page knows: the open scenario, the engine's last answers, the playhead, the reader's preferences.
// Everything else is derived from this by selectors (`selectors.ts`). Changed by the commands of `app.ts` alone.

import type {
  Comparison,
  ProxyModeName,
  RequestProblem,
  Sample,
  ScenarioRequest,
  SentRequest,
  SettingChange,
  Snapshot,
  ToldDiagnosis,
  WithoutSecrets,
} from '../engine/index';
import type { ShellView } from '../worker/protocol';
import type { LiveState } from './live-state';
import type { Playback } from './playback';
import type { Preferences } from './preferences';

/** What is shared and saved: the engine's answers all follow from it. */
export interface Scenario {
  /** The sample that it began as; null for a text of the user's own. */
  readonly sample: string | null;
  readonly text: string;
  readonly request: ScenarioRequest;
  readonly seed: number;
}

/** A thing of the plan that the reader picked. `name` is `namespace/name` for a Pod or Service, a name for a Node, an address for an external host. */
export interface Selection {
  readonly kind: 'node' | 'pod' | 'service' | 'external';
  readonly name: string;
}

/** What stands in the centre. */
export type CentreTab = 'plan' | 'transcript' | 'tables' | 'many' | 'modes' | 'diagnosis' | 'control';

export interface SentMany {
  readonly samples: readonly Sample[];
  /** The sample whose trace is open; null where the trace is the single request's. */
  readonly open: number | null;
}

/** Why the request fails, and the text without the cause; null where no single field of it is the cause. */
export interface Diagnosed {
  readonly told: ToldDiagnosis;
  /** The text that it is about. */
  readonly text: string;
  readonly mended: string | null;
}

export interface EngineCrash {
  readonly message: string;
  readonly stack: string;
}

/** A place in the text that the editor should show. `count` tells two requests for the same place apart. */
export interface Spotlight {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Whether the reader asked to be taken there; otherwise the keyboard stays where it is. */
  readonly focus: boolean;
}

/** The setting that was changed last, and where it stands now; null where it could not be written. */
export interface LastSetting {
  readonly change: SettingChange;
  readonly range: { readonly from: number; readonly to: number } | null;
}

/** The drawer of the terminal. What stands on its screen is the screen's own. */
export interface TerminalState {
  readonly open: boolean;
  /** Pixels, as the reader left it; the page may have room for less. */
  readonly height: number;
  /** Whether it was opened by a command just now, and so takes the keyboard. */
  readonly summoned: boolean;
  readonly shell: ShellView;
  /** Nothing has been entered since the page was opened. */
  readonly untouched: boolean;
  /** What does today what the last command once did; null where it did what it should. */
  readonly instead: string | null;
}

/** What the page did with a text from elsewhere, until the reader has seen it. */
export type Notice =
  | { readonly kind: 'secrets-cleared'; readonly secrets: WithoutSecrets['removed'] }
  /** Bytes, or characters of a paste. */
  | { readonly kind: 'too-large'; readonly size: number; readonly limit: number }
  | { readonly kind: 'unreadable'; readonly names: readonly string[] };

export interface AppState {
  readonly scenario: Scenario;
  /** Counts the texts that were sent to the engine. */
  readonly revision: number;
  /** The last answer to a text. While the text cannot be read to its end, its view is still that of the text before (`staleFromLine`). */
  readonly snapshot: Snapshot | null;
  /** The text that `snapshot` is about: places in it are offsets into this one. */
  readonly readText: string;
  readonly loading: boolean;
  readonly sent: SentRequest | null;
  readonly sending: boolean;
  /** Whether the reader has pressed Send for this very request: the next press takes another seed. */
  readonly sentByHand: boolean;
  readonly problem: RequestProblem | null;
  readonly many: SentMany | null;
  readonly comparison: Comparison | null;
  readonly diagnosed: Diagnosed | null;
  /** The mode that is set beside the one in force, where the reader chose one. */
  readonly otherMode: ProxyModeName | null;
  readonly lastSetting: LastSetting | null;
  /** Chosen, and not yet in force. */
  readonly pendingSetting: SettingChange | null;
  readonly playback: Playback;
  readonly selection: Selection | null;
  readonly tab: CentreTab;
  /** On a narrow page: the editor covers the centre. */
  readonly editing: boolean;
  readonly spotlight: Spotlight | null;
  readonly preferences: Preferences;
  readonly terminal: TerminalState;
  /** The cluster over time; null: it is the text's, at rest. */
  readonly live: LiveState | null;
  readonly crash: EngineCrash | null;
  /** The browser refuses to store: what is written here lives as long as the page. */
  readonly unsaved: boolean;
  readonly notice: Notice | null;
}
