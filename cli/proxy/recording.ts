import { describeHappening } from '../../traffic/describe.ts';
import type { Happening } from '../../traffic/happening.ts';
import { LiveJudge } from '../../traffic/live.ts';
import { TakeIn } from '../../traffic/take-in.ts';
import { lineOf } from '../../traffic/write-line.ts';
import { rawExchangeOf, type Passed } from './passed.ts';

/** Milliseconds of each {@link Recording.news} that go to judging; in a flood the oldest operations go unjudged. */
const budgetMs = 10;

/** Lines about exchanges in one go; more than these nobody reads. The file has them all. */
const mostLines = 50;

/** Turns what passed into lines of a file, secrets masked, and into what is new for the terminal. */
export class Recording {
  readonly #takeIn = new TakeIn();
  readonly #judge = new LiveJudge();
  #happenings: Happening[] = [];
  #more = 0;

  /** @returns the lines for the file */
  take(passed: readonly Passed[]): string {
    let lines = '';
    for (const one of passed) {
      const exchange = this.#takeIn.take(rawExchangeOf(one));
      lines += lineOf(exchange);
      for (const happening of this.#judge.add(exchange))
        if (this.#happenings.length < mostLines) this.#happenings.push(happening);
        else this.#more += 1;
    }
    return lines;
  }

  /** Lines about what came since the last time, and the breaches that it shows. */
  news(): string[] {
    const told = this.#happenings.map(textOf);
    if (this.#more > 0) told.push(`… and ${this.#more} more.`);
    for (const { operation, clause, reason } of this.#judge.judge(budgetMs))
      told.push(`  ✕ ${clause}: ${reason}${operation === '' ? '' : ` [${operation}]`}`);
    this.#happenings = [];
    this.#more = 0;
    return told;
  }
}

function textOf(happening: Happening): string {
  const id = 'id' in happening ? (happening.id ?? '') : '';
  return `${id.padEnd(36)} ${describeHappening(happening)}`;
}
