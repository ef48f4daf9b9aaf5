// The bytes of a file as text, as the tools of every system write it: UTF-8, or UTF-16 with its byte order mark (PowerShell's `>`).

/** More than this, all files together, is refused: the engine reads a text at every change. */
export const LARGEST = 20 * 1024 * 1024;

/** null where the bytes are no text. */
export function fileText(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text.replaceAll('\r\n', '\n');
  } catch {
    return null;
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

/** Each file begins a document of its own. */
export function joined(texts: readonly string[]): string {
  return texts.map((text) => (text.endsWith('\n') ? text : `${text}\n`)).join('---\n');
}
