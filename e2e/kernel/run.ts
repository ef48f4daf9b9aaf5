// `npm run test:kernel`: first the gallery, then generated clusters, each built in a laboratory and asked the same as the engine.
//   --clusters 200   how many         --seed 1   the first one's seed     --only SEED   this one alone
//   --mode MODE      of kube-proxy    --network NETWORK                   --slice   the gallery and eight clusters, for `npm test`

import { parseArgs } from 'node:util';
import type { ClusterSettings } from '../../src/engine/controlplane/cluster';
import { GALLERY } from '../../src/gallery/gallery';
import { compareScenario, formatRequest, type Verdict } from './cluster';
import { type Generated, generate, MODES, NETWORKS, type Wish } from './generate';
import { Laboratory } from './lab';
import { Tally } from './report';
import { shrink } from './shrink';

const [program = '', ...args] = process.argv.slice(2);
const { values } = parseArgs({
  args,
  options: {
    clusters: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    mode: { type: 'string' },
    network: { type: 'string' },
    slice: { type: 'boolean', default: false },
    'no-gallery': { type: 'boolean', default: false },
  },
});

const wish: Wish = {
  mode: MODES.find((one) => one === values.mode) ?? null,
  network: NETWORKS.find(({ network }) => network === values.network)?.network ?? null,
};
const MOST_SHRUNK = 5;
const tally = new Tally();
const isWhole = values.only === undefined && !values.slice && wish.mode === null && wish.network === null && Number(values.clusters) >= 200;

/** Each piece of work takes the laboratory that is free. */
type Work = (lab: Laboratory) => Promise<void>;

const start = performance.now();
await inTurn([...gallery(), ...clusters()]);
conclude();

function gallery(): readonly Work[] {
  if (values.only !== undefined || values['no-gallery']) return [];
  return GALLERY.map(({ id, text, request }) => async (lab) => {
    const settings: Partial<ClusterSettings> = wish.mode === null ? {} : { proxyMode: wish.mode };
    try {
      for (const verdict of await compareScenario(lab, { text, settings, requests: [request] })) {
        tally.count(verdict, []);
        if (verdict.kind === 'differed') console.log([`gallery ${id}: ${formatRequest(request)}`, ...verdict.differences].join('\n  '));
      }
    } catch (error) {
      failed(`gallery ${id}`, error);
    }
  });
}

function clusters(): readonly Work[] {
  const first = Number(values.only ?? values.seed);
  const count = values.only !== undefined ? 1 : values.slice ? 8 : Number(values.clusters);
  return Array.from(
    { length: count },
    (_, index) => (lab) => oneCluster(lab, generate(first + index, wish)).catch((error: unknown) => failed(`seed ${first + index}`, error)),
  );
}

async function oneCluster(lab: Laboratory, generated: Generated): Promise<void> {
  tally.clusters += 1;
  const requests = generated.requests.map(({ request }) => request);
  const verdicts = await compareScenario(lab, { text: generated.documents.join('\n---\n'), settings: generated.settings, requests });
  for (const verdict of verdicts) {
    const asked = generated.requests.find(({ request }) => request === verdict.request);
    if (asked === undefined) continue;
    tally.count(verdict, asked.features);
    if (verdict.kind === 'differed') await tell(lab, generated, { verdict, asked });
    else if (values.only !== undefined) console.log(`${formatRequest(verdict.request)}: ${verdict.kind}`);
  }
}

async function tell(
  lab: Laboratory,
  generated: Generated,
  { verdict, asked }: { verdict: Extract<Verdict, { kind: 'differed' }>; asked: Generated['requests'][number] },
): Promise<void> {
  const { seed, settings } = generated;
  // Shrinking builds a dozen clusters: the first few failures are worth it.
  const documents = tally.failed > MOST_SHRUNK ? generated.documents : await shrink(lab, generated, asked);
  const lines = [`seed ${seed}, ${JSON.stringify(settings)}: ${formatRequest(asked.request)}`, ...verdict.differences];
  console.log(`\n${lines.join('\n  ')}\n${documents.join('\n---\n')}\n`);
}

/** Two laboratories work side by side: while one waits for what never comes, the other one builds. */
async function inTurn(work: readonly Work[]): Promise<void> {
  const left = [...work];
  const labs = ['a-', 'b-'].slice(0, work.length).map((prefix) => new Laboratory(program, prefix));
  await Promise.all(
    labs.map(async (lab) => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await next(lab);
      lab.close();
    }),
  );
}

function failed(what: string, error: unknown): void {
  tally.failed += 1;
  console.log(what, error);
}

function conclude(): void {
  const seconds = (performance.now() - start) / 1000;
  console.log(`${tally.clusters} generated clusters in ${seconds.toFixed(0)} s`);
  console.log(`requests with: ${tally.features()}`);
  console.log(`outcomes: ${tally.endings()}`);
  for (const line of tally.notCompared()) console.log(line);
  if (isWhole) {
    for (const lack of tally.lacking()) {
      console.log(lack);
      tally.failed += 1;
    }
  }
  console.log(`${tally.passed} passed, ${tally.failed} failed${tally.skipped > 0 ? `, ${tally.skipped} skipped` : ''}`);
  process.exit(tally.failed > 0 ? 1 : 0);
}
