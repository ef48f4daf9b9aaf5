// Counts what was met, and says it in the end.

import type { Verdict } from './cluster';
import { FEATURES, type Feature } from './features';

export class Tally {
  passed = 0;
  failed = 0;
  clusters = 0;
  readonly #skipped = new Map<string, number>();
  readonly #features = new Map<Feature, number>();
  readonly #endings = new Map<string, number>();

  count(verdict: Verdict, features: readonly Feature[]): void {
    if (verdict.kind === 'skipped') {
      this.skip(verdict.reason);
      return;
    }
    if (verdict.kind === 'differed') this.failed += 1;
    else this.passed += 1;
    for (const feature of features) raise(this.#features, feature);
    if (verdict.kind === 'agreed') raise(this.#endings, verdict.endings.length > 1 ? 'mixed' : (verdict.endings[0] ?? ''));
  }

  skip(reason: string): void {
    raise(this.#skipped, reason);
  }

  get skipped(): number {
    return [...this.#skipped.values()].reduce((total, number) => total + number, 0);
  }

  /** What was not compared and why, one line each. */
  notCompared(): readonly string[] {
    return [...this.#skipped].map(([reason, times]) => `not compared, ${times} times: ${reason}`);
  }

  features(): string {
    return FEATURES.map((feature) => `${feature} ${this.#features.get(feature) ?? 0}`).join(', ');
  }

  endings(): string {
    return [...this.#endings].map(([ending, times]) => `${ending} ${times}`).join(', ');
  }

  /** What a long run must have met and did not. */
  lacking(): readonly string[] {
    const rare = FEATURES.filter((feature) => (this.#features.get(feature) ?? 0) < 10);
    const all = [...this.#endings.values()].reduce((total, number) => total + number, 0);
    const lost = (this.#endings.get('rejected') ?? 0) + (this.#endings.get('dropped') ?? 0);
    const share = lost / Math.max(1, all);
    const unbalanced = share < 0.1 || share > 0.5 ? [`the share of rejected and dropped is ${share.toFixed(2)}`] : [];
    return [...rare.map((feature) => `fewer than ten requests with: ${feature}`), ...unbalanced];
  }
}

function raise<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
