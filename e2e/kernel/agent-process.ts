// The laboratory's end of an agent: starts it in its namespace and carries commands and results.

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Command, Connecting, Listener, Ran, Reply, Try } from './protocol';

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class AgentProcess {
  readonly namespace: string;
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  #gone = false;

  /** `namespace` is a name of `ip netns`, `program` the bundled agent. */
  constructor(namespace: string, program: string) {
    this.namespace = namespace;
    this.#child = spawn('ip', ['netns', 'exec', namespace, process.execPath, program], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#hear(JSON.parse(line) as Reply));
    this.#child.stdin.on('error', () => undefined);
    this.#child.on('close', () => {
      this.#gone = true;
      for (const { reject } of this.#waiting.values()) reject(new Error(`the agent in ${namespace} is gone`));
    });
  }

  /** Runs a program in the namespace; a failure is an error that quotes the line of input which it names. */
  async run(argv: readonly string[], input = ''): Promise<string> {
    const { status, output, error } = (await this.#call({ do: 'run', argv, input })) as Ran;
    if (status === 0) return output;
    throw new Error(`${argv.join(' ')} in ${this.namespace}: ${error.trim() || output.trim()}${quoted(error, input)}`);
  }

  /** The same where a failure is of no interest. */
  async attempt(argv: readonly string[], input = ''): Promise<Ran> {
    return (await this.#call({ do: 'run', argv, input })) as Ran;
  }

  async write(files: readonly (readonly [string, string])[]): Promise<void> {
    if (files.length > 0) await this.#call({ do: 'write', files });
  }

  async listen(listeners: readonly Listener[], own: readonly string[]): Promise<void> {
    await this.#call({ do: 'listen', listeners, own });
  }

  async connect(connecting: Connecting): Promise<readonly Try[]> {
    return (await this.#call({ do: 'connect', ...connecting })) as readonly Try[];
  }

  /** Whoever still waits will wait for ever. */
  stop(): void {
    this.#waiting.clear();
    this.#child.stdin.end();
  }

  #call(command: Command): Promise<unknown> {
    this.#last += 1;
    const id = this.#last;
    if (this.#gone) return Promise.reject(new Error(`the agent in ${this.namespace} is gone`));
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.stdin.write(`${JSON.stringify({ id, command })}\n`);
    });
  }

  #hear(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ('failure' in reply) waiting?.reject(new Error(reply.failure));
    else waiting?.resolve(reply.result);
  }
}

function quoted(error: string, input: string): string {
  const number = /(?:line:?\s*|Command failed -:)(\d+)/.exec(error)?.[1];
  const line = number === undefined ? undefined : input.split('\n')[Number(number) - 1];
  return line === undefined ? '' : `\n  ${line}`;
}
