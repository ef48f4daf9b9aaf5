// `kubehop`, the headless command: the engine of the page, in Node. Reads files, writes the result, sets the exit status; all else is in `run.ts`.

import { readFileSync, writeSync } from 'node:fs';
import { run } from './run';
import { UsageError } from './usage-error';

const { status, out, err } = run(process.argv.slice(2), readText);
write(2, err);
write(1, out);
process.exitCode = status;

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(`${file}:1:1: cannot be read (${why})`);
  }
}

/** Writes all of it before the process ends, to a pipe too; a reader that has gone away is no mistake. */
function write(stream: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(stream, bytes, done);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      if (error.code === 'EPIPE') return;
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}
