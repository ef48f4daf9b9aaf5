// The course's request, as often as it goes: connections that the real kernel opens through the rules of its cluster, one after the other, and
// full traces that the engine makes of it, in one run. For `npm run bench`: the figures depend on the machine, their ratio little.

import { build } from '../../src/engine/built';
import { dispatch } from '../../src/engine/dispatch';
import { labCase } from '../../src/engine/lab-case';
import { PLAYGROUND } from '../../src/engine/settings';
import { trace } from '../../src/engine/trace/trace';
import { FIRST_ENTRY } from '../../src/gallery/gallery';
import { expectedOf } from './expected';
import { Laboratory } from './lab';

const CONNECTIONS = 3000;
const TRACE_SECONDS = 2;

const [program = ''] = process.argv.slice(2);
const built = build(FIRST_ENTRY.text, PLAYGROUND);
const asked = expectedOf(built, built.world, FIRST_ENTRY.request);
if ('reason' in asked) throw new Error(asked.reason);

const opened = await connectionsPerSecond(asked);
const traced = tracesPerSecond();
console.log(
  `${FIRST_ENTRY.id}: the kernel opens ${opened.toFixed(0)} connections a second, one after the other, through the rules of this request`,
);
console.log(
  `${FIRST_ENTRY.id}: the engine makes ${traced.toFixed(0)} full traces of it a second, ${(traced / opened).toFixed(2)} times as many`,
);
process.exit(0);

async function connectionsPerSecond({ netns, ip, port }: Exclude<typeof asked, { reason: string }>): Promise<number> {
  const lab = new Laboratory(program, 'c-');
  await lab.build({ world: built.world, texts: labCase({ built }), outsidePorts: [] });
  const connecting = { protocol: 'TCP', ip, port, patience: 2000, atOnce: false } as const;
  await lab.connect(netns, { ...connecting, count: 300 });
  const start = performance.now();
  const tries = await lab.connect(netns, { ...connecting, count: CONNECTIONS });
  const seconds = (performance.now() - start) / 1000;
  const answered = tries.filter(({ kind }) => kind === 'answered').length;
  if (answered < CONNECTIONS) throw new Error(`${CONNECTIONS - answered} connections were not answered`);
  lab.close();
  return CONNECTIONS / seconds;
}

function tracesPerSecond(): number {
  const ready = dispatch(built, built.world, FIRST_ENTRY.request);
  if ('problem' in ready) throw new Error(ready.problem.code);
  for (let index = 0; index < 200; index += 1) trace({ ...ready.world, seed: index }, ready.request);
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < TRACE_SECONDS * 1000) {
    trace({ ...ready.world, seed: count }, ready.request);
    count += 1;
  }
  return (count / (performance.now() - start)) * 1000;
}
