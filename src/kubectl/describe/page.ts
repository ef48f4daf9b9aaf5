// What `describe` writes: lines of cells, a level of nesting being two blanks (kubectl's PrefixWriter on a tabwriter).

import { elasticTabs } from './elastic-tabs';

export class Page {
  #done = '';
  #open = '';

  /** A line: cells with tabs between, two blanks a level before. */
  line(level: number, ...cells: readonly string[]): void {
    this.write(level, `${cells.join('\t')}\n`);
  }

  /** Text that may go on in the same line. */
  write(level: number, text: string): void {
    this.#open += '  '.repeat(level) + text;
  }

  /** Columns do not reach over this place. */
  flush(): void {
    this.#done += elasticTabs(this.#open);
    this.#open = '';
  }

  get text(): string {
    return this.#done + elasticTabs(this.#open);
  }
}
