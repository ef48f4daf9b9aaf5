// The browser's storage, which may be absent, full or forbidden (private windows, sandboxed frames): then nothing is kept, and we say so.

/** The stored text; null where there is none or storage is refused. */
export function kept(key: string): string | null {
  try {
    return globalThis.localStorage?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

/** Stores the text; false where storage is refused. */
export function keep(key: string, text: string): boolean {
  try {
    if (globalThis.localStorage === undefined) return false;
    globalThis.localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}
