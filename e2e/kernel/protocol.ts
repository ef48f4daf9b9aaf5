// What the laboratory and the program inside one of its network namespaces say to each other: one JSON object a line, each way.

export interface Listener {
  readonly protocol: 'TCP' | 'UDP';
  /** null: every address of the namespace. */
  readonly address: string | null;
  readonly port: number;
  /** What it calls itself when it answers. */
  readonly owner: string;
}

export interface Connecting {
  readonly protocol: 'TCP' | 'UDP' | 'ICMP';
  readonly ip: string;
  readonly port: number;
  readonly count: number;
  /** Milliseconds without an answer after which a try is over. */
  readonly patience: number;
  /** All tries together, rather than one after the other. */
  readonly atOnce: boolean;
}

export type Command =
  | { readonly do: 'run'; readonly argv: readonly string[]; readonly input: string }
  /** Files below /proc/sys; one that does not exist is passed over. */
  | { readonly do: 'write'; readonly files: readonly (readonly [path: string, value: string])[] }
  /** In place of what listened before. `own` are the addresses on which a UDP socket for all addresses is opened, so that it answers from the one asked. */
  | { readonly do: 'listen'; readonly listeners: readonly Listener[]; readonly own: readonly string[] }
  | ({ readonly do: 'connect' } & Connecting);

export interface Ran {
  readonly status: number;
  readonly output: string;
  readonly error: string;
}

/** One try of a client. */
export type Try =
  | {
      readonly kind: 'answered';
      /** Who answered, where it was asked, and by whom it believes to have been asked; null for a ping. */
      readonly by: Answer | null;
      readonly clientPort: number;
    }
  | { readonly kind: 'refused'; readonly how: string }
  | { readonly kind: 'silent' };

export interface Answer {
  readonly owner: string;
  readonly at: string;
  readonly seen: string;
}

export interface Envelope {
  readonly id: number;
  readonly command: Command;
}

export type Reply = { readonly id: number; readonly result: unknown } | { readonly id: number; readonly failure: string };
