// How containers come, run and end, as one sees it at a terminal while the clock goes on.

import { expect, it } from 'vitest';
import { beginLive, known, liveServer, load, seek } from '../../engine/index';
import { newTerminal, run, type Terminal } from '../terminal';

/** A terminal whose clock can be moved on. */
function begin(text = '') {
  let terminal: Terminal = newTerminal(liveServer(beginLive(load(text), text)));
  const type = (line: string) => {
    const answer = run(terminal, line);
    terminal = answer.terminal;
    return answer;
  };
  const wait = (seconds: number): void => {
    const { live } = terminal.session.server;
    if (live === null) throw new Error('no time passes here');
    const server = liveServer(seek(known(live, live.at + seconds * 1000), live.at + seconds * 1000));
    terminal = { ...terminal, session: { ...terminal.session, server } };
  };
  const apply = (manifest: string) => type(`kubectl apply -f - <<'EOF'\n${manifest}\nEOF`);
  /** READY, STATUS and RESTARTS of a Pod. */
  const pod = (name: string): string => {
    const [line = ''] = type(`kubectl get pod ${name} --no-headers`).out.split('\n');
    return line
      .split(/\s{2,}|\s+\(/)
      .slice(1, 4)
      .join(' ');
  };
  return { type, wait, apply, pod };
}

it('shows how many init containers are done, while one of them runs behind a sidecar', () => {
  const { apply, wait, pod } = begin();
  apply(`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  initContainers:
    - { name: logs, image: fluentd, restartPolicy: Always, ports: [{ containerPort: 24224 }], startupProbe: { tcpSocket: { port: 24224 }, periodSeconds: 1 } }
    - { name: migrate, image: busybox, command: [sleep, '20'] }
  containers: [{ name: main, image: nginx }]`);
  wait(12);
  expect(pod('web')).toBe('1/2 Init:1/2 0');
  wait(20);
  expect(pod('web')).toBe('2/2 Running 0');
});
