/** An operation that the target was seen to know. */
export interface Known {
  readonly path: string;
  /** Real time, milliseconds. */
  readonly seenAt: number;
  /** The target's virtual time; undefined on a real clock. */
  readonly virtualAt: number | undefined;
}

/** Only so many are kept, the latest. */
const kept = 4;
/** How few it takes to tell a target that forgot everything from one that forgot something. */
const enough = 2;
/** Older ones may have gone as the contract lets them. */
const freshMs = 15 * 60_000;

/** Operations that the target knew before the present check: a target that knows none of them has lost its state. */
export class OperationMemory {
  #before: Known[] = [];
  #now: Known[] = [];

  /** A check begins: what was seen until now was seen before it. */
  begin(): void {
    for (const one of this.#now) {
      this.#before = [...this.#before.filter(({ path }) => path !== one.path), one].slice(-kept);
    }
    this.#now = [];
  }

  /** The monitor of an operation answered 200. */
  seen(path: string, seenAt: number, virtualAt: number | undefined): void {
    this.#now = [...this.#now.filter((one) => one.path !== path), { path, seenAt, virtualAt }].slice(-kept);
  }

  /** The state is lost: nothing from before counts any more. */
  forget(): void {
    this.#before = [];
    this.#now = [];
  }

  /** Paths that a target which kept its state still knows; empty where too few are fresh enough. */
  witnesses(now: number, virtualNow: number | undefined): string[] {
    const fresh = this.#before.filter(
      ({ seenAt, virtualAt }) =>
        now - seenAt < freshMs &&
        (virtualNow === undefined || virtualAt === undefined || virtualNow - virtualAt < freshMs),
    );
    return fresh.length < enough ? [] : fresh.map(({ path }) => path);
  }
}
