// Why a request makes no sense, in one line.

import type { RequestProblem } from '../engine/index';

export function requestProblem(problem: RequestProblem): string {
  switch (problem.code) {
    case 'unknown-source':
      return `--from ${problem.from}: the cluster has no such source (pod/NAMESPACE/NAME, pod/NAME, node/NAME, external/IP)`;
    case 'source-not-running':
      return `--from ${problem.from}: this Pod is not running, nothing can leave it`;
    case 'unknown-node':
      return `--via ${problem.via}: the cluster has no such node`;
    case 'bad-target':
      return `--to ${problem.to}: no target (http://HOST[:PORT]/PATH, HOST:PORT, IP:PORT, ping:HOST)`;
    case 'bad-port':
      return `--to ${problem.to}: a port from 1 to 65535 is missing`;
    case 'unsupported-protocol':
      return `--protocol ${problem.protocol}: not simulated`;
    default:
      return problem satisfies never;
  }
}
