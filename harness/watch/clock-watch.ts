import type { Blame } from '../../record/outcome.ts';

/** What somebody else did to the virtual clock, or what the clock did by itself. */
export interface ClockOddity {
  readonly source: Blame;
  /** One sentence without a full stop, the same for everything of this kind. */
  readonly what: string;
}

/** A clock that tells whole seconds may seem to be off by less than one. */
const coarseMs = 1_000;
/** After so many times it is not a restart any more that sets the clock back. */
const mostRestarts = 3;

/**
 * Holds what a virtual clock tells against what the suite did to it. Only the suite’s own advances may
 * move it: whatever else does means that another run is at work, that the target has restarted, or that the
 * clock interface is wrong.
 */
export class ClockWatch {
  #known: number | undefined;
  #coarse = true;
  #backwards = 0;
  #oddity: ClockOddity | undefined;

  /**
   * A check begins, or begins again. What happened since the last reading counts for it: nobody can tell
   * whether it was before the check had begun its work.
   */
  begin(): void {
    this.#oddity = undefined;
  }

  /** The first oddity since the check began. */
  get oddity(): ClockOddity | undefined {
    return this.#oddity;
  }

  /** The clock was read, and no advance of the suite was under way. */
  read(now: number): void {
    this.#compare(now, 0);
  }

  /** The clock was moved by the suite, and told this time afterwards. */
  advanced(milliseconds: number, now: number): void {
    this.#compare(now, milliseconds);
  }

  /** An advance was not answered: where the clock stands after it is not known. */
  lost(): void {
    this.#known = undefined;
  }

  #compare(now: number, milliseconds: number): void {
    if (now % coarseMs !== 0) this.#coarse = false;
    const known = this.#known;
    this.#known = now;
    if (known === undefined) return;
    const tolerance = this.#coarse ? coarseMs : 0;
    const excess = now - known - milliseconds;
    if (now < known) {
      this.#backwards += 1;
      this.#oddity ??= this.#backwards > mostRestarts ? runsBack : restarted;
    } else if (milliseconds > tolerance && now === known) {
      this.#oddity ??= standsStill;
    } else if (excess > tolerance) {
      this.#oddity ??= neighbour;
    } else if (-excess > tolerance) {
      this.#oddity ??= movesLess;
    }
  }
}

const restarted: ClockOddity = {
  source: 'restart',
  what: 'the virtual clock went back: the target restarted, or lost its state',
};

const runsBack: ClockOddity = {
  source: 'clock',
  what: 'the virtual clock goes back again and again: the clock interface at target.clock.url is wrong',
};

const standsStill: ClockOddity = {
  source: 'clock',
  what: 'the virtual clock stands still: it did not move by an advance, so the clock interface at target.clock.url is wrong',
};

const movesLess: ClockOddity = {
  source: 'clock',
  what: 'the virtual clock moved by less than an advance told it to, so the clock interface at target.clock.url is wrong',
};

const neighbour: ClockOddity = {
  source: 'neighbour',
  what: 'the virtual clock moved without this run: another run, or somebody by hand, moves it, too',
};
