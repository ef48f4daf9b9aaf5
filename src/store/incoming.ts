// Text that comes from elsewhere: what is pasted, and files that are dropped. The values of its Secrets are taken out before it reaches the
// editor; what is too large, or no text at all, is refused with a notice. Nothing leaves the page.

import type { WithoutSecrets } from '../engine/index';
import { entryOf } from '../gallery/gallery';
import { askEngine, takeText, useApp } from './app';
import { mayNameSecrets } from './autosave';
import { fileText, joined, LARGEST } from './file-text';

const { getState, setState } = useApp;

export function dismissNotice(): void {
  setState({ notice: null });
}

/** Whether the store takes a pasted text over, in order to insert it cleared, or not at all. */
export function screenPaste(pasted: string, insert: (text: string) => void): boolean {
  if (pasted.length > LARGEST) {
    setState({ notice: { kind: 'too-large', size: pasted.length, limit: LARGEST } });
    return true;
  }
  if (!mayNameSecrets(pasted)) return false;
  clear(pasted, insert);
  return true;
}

/** What came into the editor by another way than a paste event (its own menu) is cleared where it stands. */
export function clearEditor(): void {
  const { text } = getState().scenario;
  if (!mayNameSecrets(text)) return;
  clear(text, (cleared) => {
    if (cleared !== text && getState().scenario.text === text) takeText(cleared, { from: 0, to: 0 }, 'stay');
  });
}

function clear(text: string, done: (text: string) => void): void {
  askEngine({ kind: 'clear-secrets', text }, (answer) => {
    if (answer.kind !== 'secrets-cleared') return;
    done(answer.cleared.text);
    announce(answer.cleared.removed);
  });
}

function announce(secrets: WithoutSecrets['removed']): void {
  if (secrets.length > 0) setState({ notice: { kind: 'secrets-cleared', secrets } });
}

/** As much of a File as is used here. */
export interface DroppedFile {
  readonly name: string;
  readonly size: number;
  readonly arrayBuffer: () => Promise<ArrayBuffer>;
}

/** Reads the files and puts them below the text of the editor; in its place where that is empty or an untouched sample. */
export async function dropFiles(files: readonly DroppedFile[]): Promise<void> {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > LARGEST) {
    setState({ notice: { kind: 'too-large', size, limit: LARGEST } });
    return;
  }
  const read = await Promise.all(files.map(async (file) => ({ name: file.name, text: await textOf(file) })));
  const unreadable = read.filter(({ text }) => text === null).map(({ name }) => name);
  setState({ notice: unreadable.length === 0 ? null : { kind: 'unreadable', names: unreadable } });
  const texts = read.flatMap(({ text }) => text ?? []);
  if (texts.length > 0) place(joined(texts));
}

async function textOf(file: DroppedFile): Promise<string | null> {
  try {
    return fileText(new Uint8Array(await file.arrayBuffer()));
  } catch {
    // A folder, or a file that went away meanwhile.
    return null;
  }
}

function place(dropped: string): void {
  if (mayNameSecrets(dropped)) clear(dropped, below);
  else below(dropped);
}

function below(dropped: string): void {
  const { text } = getState().scenario;
  const kept = replacesText() ? '' : `${text.endsWith('\n') ? text : `${text}\n`}---\n`;
  takeText(kept + dropped, { from: kept.length, to: kept.length }, 'tell');
}

/** Whether dropped files would stand in place of the text: there is none, or it is a sample as it was opened. */
export function replacesText(): boolean {
  const { text, sample } = getState().scenario;
  return text.trim() === '' || (sample !== null && entryOf(sample)?.text === text);
}
