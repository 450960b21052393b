/** How improbable it must be that chance alone sends every bad answer of a kind to one shape of request. */
const chance = 1e-6;
/** So few tell nothing, however rare the shape is. */
const least = 8;

/**
 * Tells from where they fall whose the bad answers are that were good when the request was sent again: what
 * stands between suite and target spoils whatever comes along, a target that gets something wrong the first
 * time spoils one kind of request and no other.
 */
export class Concentration {
  readonly #asked = new Map<string, number>();
  #all = 0;
  /** What was bad, with the shapes that met it. */
  readonly #healed = new Map<string, Map<string, number>>();

  /** A request of this shape is sent. */
  asked(shape: string): void {
    this.#asked.set(shape, (this.#asked.get(shape) ?? 0) + 1);
    this.#all += 1;
  }

  /** A request of this shape was answered well, but not at first. */
  healed(shape: string, what: string): void {
    const shapes = this.#healed.get(what) ?? new Map<string, number>();
    this.#healed.set(what, shapes);
    shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
  }

  /** Whether requests of other shapes were answered so, and well when they were sent again. */
  metElsewhere(shape: string, what: string): boolean {
    return [...(this.#healed.get(what)?.keys() ?? [])].some((one) => one !== shape);
  }

  /** Whether only requests of this shape are answered so, too often for chance. */
  isOwn(shape: string, what: string): boolean {
    const shapes = this.#healed.get(what);
    const times = shapes?.get(shape) ?? 0;
    if (shapes?.size !== 1 || times < least) return false;
    return ((this.#asked.get(shape) ?? 0) / this.#all) ** times < chance;
  }
}
