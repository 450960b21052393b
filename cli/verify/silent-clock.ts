/** So many advances in a row end the run: each costs more than a minute. */
const most = 3;
/** So many answered ones in between, and they are not in a row any more. */
const between = 20;

/** Tells a virtual clock that moves and never answers from one whose answer was lost once. */
export class SilentClock {
  #inRow = 0;

  /**
   * An advance was made and not answered.
   *
   * @param answered how many the same worker saw answered since the last one that was not; workers come anew
   * @returns why the run is to end; undefined where it goes on
   */
  heard(answered: number): string | undefined {
    this.#inRow = answered >= between ? 1 : this.#inRow + 1;
    if (this.#inRow < most) return undefined;
    return `The virtual clock moved and did not answer, ${most} times in a row: an advance is answered once all that fell due has happened. Look after the clock interface at target.clock.url, and run again.`;
  }
}
