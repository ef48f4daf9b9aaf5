// The conversation between a reader and the shell: prompt, line, answer, prompt. What is typed while a command runs waits its turn, and
// so does every line while the engine is away. It knows no screen: it is given a way to write.
//
//   keys -> line -> Enter -> (another line, while it is unfinished) -> run -> output -> prompt -> keys that waited

import type { KeptObject } from '../../engine/index';
import type { CommandAnswer, Completion, ShellView } from '../../store/terminal';
import { completed, listed } from './completion';
import { drawn, redrawn, type Shown } from './draw';
import { type Key, keysOf } from './keys';
import { EMPTY_LINE, type Line, press } from './line';
import { terminalText } from './plain-text';
import { CONTINUED, promptOf } from './prompt';
import { isUnfinished } from './unfinished';

/** What the page itself says in the terminal. */
export interface DialogueWords {
  readonly engineStopped: string;
  readonly engineRestarted: string;
  /** Before the command that does today what the typed one once did. */
  readonly today: string;
  /** Objects that the command changed in the cluster alone. */
  readonly kept: (objects: readonly string[], why: KeptObject['why']) => string;
  /** An object that `kubectl edit` names, and whether it stands in the text. */
  readonly editing: (object: string, isWritten: boolean) => string;
  readonly moreWords: (count: number) => string;
}

export interface DialogueEnds {
  /** The screen: text and control sequences. */
  readonly write: (text: string) => void;
  readonly columns: () => number;
  readonly words: () => DialogueWords;
  readonly run: (line: string, answered: (answer: CommandAnswer) => void) => void;
  readonly complete: (line: string, cursor: number, answered: (completion: Completion) => void) => void;
  readonly history: () => readonly string[];
  readonly remember: (line: string) => void;
}

/** A link that only this page understands: xterm hands its address back when it is clicked. */
export const RUN_LINK = 'run:';

/** The cursor home, and what is on the screen into the scrollback (ED 2). */
const CLEAR = '\x1b[H\x1b[2J';

export class Dialogue {
  readonly #ends: DialogueEnds;
  /** The shell that a new engine begins with. */
  readonly #first: ShellView;
  #shell: ShellView;
  /** writing: a line is being written. waiting: for an answer. away: the engine has stopped. */
  #phase: 'writing' | 'waiting' | 'away' = 'writing';
  #line: Line = EMPTY_LINE;
  /** The finished lines of an unfinished command. */
  #above: readonly string[] = [];
  /** Typed while an answer is awaited. */
  #typedAhead: readonly Key[] = [];
  #shown: Shown;
  /** Counts questions: an answer to an earlier one, from an engine that is gone, is not heard. */
  #turn = 0;

  constructor(ends: DialogueEnds, shell: ShellView, away: boolean) {
    this.#ends = ends;
    this.#first = shell;
    this.#shell = shell;
    this.#shown = this.#toShow();
    if (away) this.#stop();
    else this.#begin();
  }

  /** What the terminal reports as typed. */
  receive(typed: string): void {
    this.#take(keysOf(typed));
  }

  /** Enters a whole command, in place of whatever stands there. */
  enter(command: string): void {
    const leave: readonly Key[] = this.#above.length > 0 ? [{ kind: 'interrupt' }] : [{ kind: 'end' }, { kind: 'cut-to-start' }];
    this.#take([...leave, { kind: 'insert', text: command }, { kind: 'enter' }]);
  }

  /** Whether Tab would have nothing to complete. */
  isEmpty(): boolean {
    return this.#line.text === '' && this.#phase === 'writing';
  }

  engineStopped(): void {
    if (this.#phase === 'away') return;
    if (this.#phase === 'writing') this.#leaveLine();
    this.#stop();
  }

  engineRestarted(): void {
    if (this.#phase !== 'away') return;
    this.#shell = this.#first;
    this.#print(this.#ends.words().engineRestarted);
    this.#begin();
    this.#goOn();
  }

  #stop(): void {
    this.#turn += 1;
    this.#phase = 'away';
    this.#print(this.#ends.words().engineStopped);
  }

  #take(keys: readonly Key[]): void {
    for (const [index, key] of keys.entries()) {
      if (this.#phase !== 'writing') {
        this.#typeAhead(keys.slice(index));
        return;
      }
      this.#press(key);
    }
  }

  /** A command that was sent cannot be called back: Ctrl-C drops what waits behind it. */
  #typeAhead(keys: readonly Key[]): void {
    const stop = keys.findLastIndex((key) => key.kind === 'interrupt');
    if (stop >= 0) this.#ends.write('^C');
    this.#typedAhead = stop >= 0 ? keys.slice(stop + 1) : [...this.#typedAhead, ...keys];
  }

  #press(key: Key): void {
    switch (key.kind) {
      case 'enter':
        this.#enterLine();
        return;
      case 'complete':
        this.#askCompletion();
        return;
      case 'interrupt':
        this.#leaveLine('^C');
        this.#above = [];
        this.#line = { ...EMPTY_LINE, cut: this.#line.cut };
        this.#begin();
        return;
      case 'end-of-input':
        if (this.#line.text !== '') this.#edit(press(this.#line, { kind: 'erase-after' }, this.#ends.history()));
        else if (this.#shell.machine !== null) this.enter('exit');
        return;
      case 'clear':
        this.#ends.write(CLEAR);
        this.#begin();
        return;
      default:
        this.#edit(press(this.#line, key, this.#ends.history()));
    }
  }

  #enterLine(): void {
    if (this.#line.search !== null) this.#edit({ ...this.#line, search: null });
    const { text, cut } = this.#line;
    const command = [...this.#above, text].join('\n');
    this.#leaveLine();
    this.#above = isUnfinished(command) ? [...this.#above, text] : [];
    this.#line = { ...EMPTY_LINE, cut };
    if (this.#above.length > 0 || command.trim() === '') this.#begin();
    else this.#run(command);
  }

  #run(command: string): void {
    this.#ends.remember(command);
    if (command.trim() === 'clear') {
      this.#ends.write(CLEAR);
      this.#begin();
      return;
    }
    const heard = this.#wait();
    this.#ends.run(command, (answer) => {
      if (heard()) this.#tell(answer);
    });
  }

  /** Waits for an answer; the test says whether it is still the one. */
  #wait(): () => boolean {
    this.#phase = 'waiting';
    this.#turn += 1;
    const turn = this.#turn;
    return () => this.#turn === turn;
  }

  #tell({ output, edit, kept, instead, shell }: CommandAnswer): void {
    const words = this.#ends.words();
    this.#print(output);
    if (edit !== null) this.#print(words.editing(edit.name, edit.range !== null));
    for (const why of ['edited', 'unreadable'] as const) {
      const objects = kept.filter((each) => each.why === why).map(({ object }) => `${object.kind} ${object.name}`);
      if (objects.length > 0) this.#print(words.kept(objects, why));
    }
    if (instead !== null) this.#ends.write(`${words.today} ${link(instead)}\r\n`);
    this.#shell = shell;
    this.#begin();
    this.#goOn();
  }

  #askCompletion(): void {
    const heard = this.#wait();
    const { text, cursor } = this.#line;
    const before = this.#above.map((line) => `${line}\n`).join('');
    this.#ends.complete(before + text, before.length + cursor, ({ from, words }) => {
      if (heard()) this.#offer({ from: from - before.length, words });
    });
  }

  #offer(completion: Completion): void {
    const next = completed(this.#line, completion);
    if (next !== this.#line) this.#edit(next);
    else if (completion.words.length > 1) {
      this.#leaveLine();
      this.#print(listed(completion.words, this.#ends.columns(), this.#ends.words().moreWords));
      this.#begin();
    }
    this.#goOn();
  }

  /** Takes what was typed ahead. */
  #goOn(): void {
    this.#phase = 'writing';
    const keys = this.#typedAhead;
    this.#typedAhead = [];
    this.#take(keys);
  }

  #edit(line: Line): void {
    this.#line = line;
    const next = this.#toShow();
    this.#ends.write(redrawn(this.#shown, next, this.#ends.columns()));
    this.#shown = next;
  }

  /** Prompt and line, at the first column of where the cursor is. */
  #begin(): void {
    this.#shown = this.#toShow();
    this.#ends.write(drawn(this.#shown, this.#ends.columns()));
  }

  /** From wherever the cursor is in the line to the one below it. */
  #leaveLine(sign = ''): void {
    const end = { ...this.#shown, cursor: this.#shown.text.length };
    this.#ends.write(`${redrawn(this.#shown, end, this.#ends.columns())}${sign}\r\n`);
  }

  #toShow(): Shown {
    const { text, cursor, search } = this.#line;
    const prompt = this.#above.length > 0 ? CONTINUED : promptOf(this.#shell);
    return { prompt: search === null ? prompt : `(reverse-i-search)\`${search.query}': `, text, cursor };
  }

  #print(text: string): void {
    if (text !== '') this.#ends.write(terminalText(text.endsWith('\n') ? text : `${text}\n`));
  }
}

/** A hyperlink as terminals know it (OSC 8). The address is encoded: nothing in it can end the sequence. */
function link(command: string): string {
  return `\x1b]8;;${RUN_LINK}${encodeURIComponent(command)}\x07${terminalText(command)}\x1b]8;;\x07`;
}
