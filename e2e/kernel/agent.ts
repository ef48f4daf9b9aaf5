// The program inside one network namespace of the laboratory: runs commands there, listens, and connects. It reads commands from its
// standard input until that ends. Sockets belong to the namespace of their process, so there is one such process for each.

import { spawn } from 'node:child_process';
import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, isIPv6, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Answer, Command, Connecting, Envelope, Listener, Ran, Try } from './protocol';

const open: (Server | DatagramSocket)[] = [];

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, command } = JSON.parse(line) as Envelope;
  obey(command).then(
    (result) => say({ id, result }),
    (error: unknown) => say({ id, failure: error instanceof Error ? error.message : String(error) }),
  );
});
process.stdin.on('end', () => process.exit(0));

function say(reply: object): void {
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}

async function obey(command: Command): Promise<unknown> {
  switch (command.do) {
    case 'run':
      return run(command.argv, command.input);
    case 'write':
      return write(command.files);
    case 'listen':
      return listen(command.listeners, command.own);
    case 'connect':
      return tries(command);
  }
}

function run([program = '', ...args]: readonly string[], input: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'pipe' });
    let output = '';
    let error = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', (status) => resolve({ status: status ?? 1, output, error }));
    child.stdin.end(input);
  });
}

function write(files: readonly (readonly [string, string])[]): null {
  for (const [path, value] of files) {
    try {
      writeFileSync(path, value);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (code !== 'ENOENT') throw new Error(`${path} does not take ${value}: ${String(error)}`);
    }
  }
  return null;
}

// Listening. A program that finds its port taken does without, as in a Pod on the host network: the first one has it.

async function listen(listeners: readonly Listener[], own: readonly string[]): Promise<null> {
  await Promise.all(open.splice(0).map((socket) => new Promise((closed) => socket.close(() => closed(null)))));
  for (const listener of listeners) {
    if (listener.protocol === 'TCP') await listenTcp(listener);
    else for (const address of listener.address === null ? own : [listener.address]) await listenUdp(listener, address);
  }
  return null;
}

function listenTcp({ address, port, owner }: Listener): Promise<void> {
  return new Promise((ready) => {
    const server = createServer((socket) => {
      const answer: Answer = {
        owner,
        at: written(socket.localAddress, socket.localPort),
        seen: written(socket.remoteAddress, socket.remotePort),
      };
      socket.on('error', () => undefined);
      socket.end(JSON.stringify(answer));
    });
    server.once('error', () => ready());
    server.listen({ host: address ?? '::', port, backlog: 511 }, () => {
      open.push(server);
      ready();
    });
  });
}

function listenUdp({ port, owner }: Listener, address: string): Promise<void> {
  return new Promise((ready) => {
    const socket = createSocket({ type: isIPv6(address) ? 'udp6' : 'udp4' });
    socket.once('error', () => ready());
    socket.on('message', (_bytes, from) => {
      const answer: Answer = { owner, at: written(address, port), seen: written(from.address, from.port) };
      socket.send(JSON.stringify(answer), from.port, from.address, () => undefined);
    });
    socket.bind(port, address, () => {
      open.push(socket);
      ready();
    });
  });
}

function written(address: string | undefined, port: number | undefined): string {
  const plain = (address ?? '').replace(/^::ffff:(?=\d+\.)/, '');
  return plain.includes(':') ? `[${plain}]:${port}` : `${plain}:${port}`;
}

// Connecting, one try after the other: affinity and the order of choices mean what they say. After two without an answer the rest go at once.

async function tries(asked: Connecting): Promise<readonly Try[]> {
  const before = errorsHeard();
  const done: Try[] = [];
  let silent = 0;
  while (!asked.atOnce && done.length < asked.count && silent < 2) {
    const one = await tryOnce(asked);
    done.push(one);
    if (one.kind === 'silent') silent += 1;
  }
  const rest = Array.from({ length: asked.count - done.length }, () => tryOnce(asked));
  done.push(...(await Promise.all(rest)));
  return asked.protocol === 'UDP' ? withErrorsHeard(done, errorsHeard() - before) : done;
}

function tryOnce(asked: Connecting): Promise<Try> {
  switch (asked.protocol) {
    case 'TCP':
      return tryTcp(asked);
    case 'UDP':
      return tryUdp(asked);
    case 'ICMP':
      return ping(asked);
  }
}

function tryTcp({ ip, port, patience }: Connecting): Promise<Try> {
  return new Promise((resolve) => {
    const socket: Socket = connect({ host: ip, port });
    let clientPort = 0;
    let text = '';
    const settle = (result: Try): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(result);
    };
    const timer = setTimeout(() => settle({ kind: 'silent' }), patience);
    socket.on('connect', () => (clientPort = socket.localPort ?? 0));
    socket.setEncoding('utf8').on('data', (part: string) => (text += part));
    socket.on('end', () => settle({ kind: 'answered', by: JSON.parse(text) as Answer, clientPort }));
    socket.on('error', (error: NodeJS.ErrnoException) => settle({ kind: 'refused', how: error.code ?? error.message }));
  });
}

function tryUdp({ ip, port, patience }: Connecting): Promise<Try> {
  return new Promise((resolve) => {
    const socket = createSocket({ type: isIPv6(ip) ? 'udp6' : 'udp4' });
    let settled = false;
    const settle = (result: Try): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      socket.close();
      resolve(result);
    };
    const timer = setTimeout(() => settle({ kind: 'silent' }), patience);
    socket.on('error', (error: NodeJS.ErrnoException) => settle({ kind: 'refused', how: error.code ?? error.message }));
    socket.on('message', (bytes) =>
      settle({ kind: 'answered', by: JSON.parse(bytes.toString()) as Answer, clientPort: socket.address().port }),
    );
    socket.connect(port, ip, (error?: NodeJS.ErrnoException) => {
      if (error == null) socket.send('who?', () => undefined);
      else settle({ kind: 'refused', how: error.code ?? error.message });
    });
  });
}

async function ping({ ip, patience }: Connecting): Promise<Try> {
  const { status, output, error } = await run(['ping', '-n', '-c1', `-W${patience / 1000}`, ip], '');
  if (status === 0) return { kind: 'answered', by: null, clientPort: 0 };
  const refusal = /^(?:From .*|ping: .*)(unreachable|exceeded|prohibited|invalid argument|not permitted).*$/im.exec(output + error);
  return refusal === null ? { kind: 'silent' } : { kind: 'refused', how: refusal[0].trim() };
}

/** A UDP socket hears of a closed port only; that its host or network is unreachable stays with the kernel, which counts it (udp_err, net/ipv4/udp.c). */
function withErrorsHeard(done: readonly Try[], heard: number): readonly Try[] {
  let left = heard - done.filter((one) => one.kind === 'refused' && one.how === 'ECONNREFUSED').length;
  return done.map((one) => {
    if (one.kind !== 'silent' || left <= 0) return one;
    left -= 1;
    return { kind: 'refused', how: 'ICMP unreachable' };
  });
}

/** ICMP errors that came in, without those for which no socket was found: they count as errors themselves. */
function errorsHeard(): number {
  const [names = '', values = ''] = readFileSync('/proc/net/snmp', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('Icmp:'));
  const six = readFileSync('/proc/net/snmp6', 'utf8');
  const count = (name: string): number => {
    const four = values.split(' ')[names.split(' ').indexOf(name)];
    return Number(four ?? 0) + Number(new RegExp(`^Icmp6${name}\\s+(\\d+)`, 'm').exec(six)?.[1] ?? 0);
  };
  return count('InDestUnreachs') + count('InTimeExcds') - count('InErrors');
}
