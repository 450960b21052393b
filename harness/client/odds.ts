/** How improbable it must be that chance alone repeats a bad answer, before it is called the target's own. */
const chance = 1e-7;
const least = 3;
/** Good answers that are taken for granted at the beginning. */
const prior = 200;

/** Counts answers, to tell what happens now and then from what happens always. */
export class Odds {
  #answers = 0;
  #sporadic = 0;

  /** A usable answer came. */
  good(): void {
    this.#answers += 1;
  }

  /** So many bad answers came to a request that was answered well in the end. */
  recovered(times: number): void {
    this.#answers += times;
    this.#sporadic += times;
  }

  /** How many bad answers of one kind in a row to one request cannot be chance. */
  get needed(): number {
    const share = Math.min(0.9, (this.#sporadic + 0.5) / (this.#answers + prior));
    return Math.max(least, Math.ceil(Math.log(chance) / Math.log(share)));
  }
}
