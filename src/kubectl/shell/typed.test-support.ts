// A terminal to type into: lines run one after the other on one cluster.

import { beginLive, type LoadOptions, liveServer, load, settledServer } from '../../engine/index';
import { newTerminal, run, type Terminal, type TerminalAnswer } from '../terminal';

export interface Typing {
  readonly type: (line: string) => TerminalAnswer;
  readonly now: () => Terminal;
}

export function typing(text: string, settings: NonNullable<LoadOptions['settings']> = {}): Typing {
  return typingOn(newTerminal(settledServer(load(text, { settings }), text)));
}

/** In a cluster in which time passes. */
export function typingInTime(text: string): Typing {
  return typingOn(newTerminal(liveServer(beginLive(load(text), text))));
}

function typingOn(begin: Terminal): Typing {
  let terminal = begin;
  return {
    type: (line) => {
      const answer = run(terminal, line);
      terminal = answer.terminal;
      return answer;
    },
    now: () => terminal,
  };
}

/** A Pod on a node, of an image, with labels and more of its spec. */
export function pod(name: string, node: string, image: string, more = ''): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: ${name.replace(/-\d$/, '')} } }
spec: { nodeName: ${node}, containers: [{ name: main, image: '${image}'${more} }] }
---`;
}

export function service(name: string, address: string, spec: string): string {
  return `
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { clusterIP: ${address}, ${spec} }
---`;
}

const SLEEPS = ', command: [sleep, infinity]';

/** Two back ends on two nodes, a Service without any, clients of every make. */
export const SHOP = [
  pod('client', 'node-1', 'busybox:1.36', SLEEPS),
  pod('old', 'node-1', 'busybox:1.28', SLEEPS),
  pod('alpine', 'node-1', 'alpine:3.20', SLEEPS),
  pod('tools', 'node-1', 'nicolaka/netshoot', SLEEPS),
  pod('debian', 'node-1', 'python:3.12', SLEEPS),
  pod('web-1', 'node-1', 'nginx:1.27'),
  pod('web-2', 'node-2', 'nginx:1.27'),
  service('web', '10.152.183.25', 'type: NodePort, selector: { app: web }, ports: [{ port: 80, nodePort: 30080 }]'),
  service('nobody', '10.152.183.26', 'selector: { app: nobody }, ports: [{ port: 80 }]'),
].join('');

export function text(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
