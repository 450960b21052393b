/** Changes of one unit of work, in the order in which they were made. */
export class Changes {
  readonly #undo: (() => void)[] = [];

  /** Remembers how a change is taken back. */
  note(undo: () => void): void {
    this.#undo.push(undo);
  }

  /** Takes all changes back, the last one first. */
  undo(): void {
    for (const undo of this.#undo.splice(0).reverse()) undo();
  }
}

/** Records what work changes in the maps of one simulator, so that it can be taken back. */
export class UndoLog {
  #recording: Changes | undefined;

  /**
   * Runs work, and records in `changes` what it changes before it first waits for something. Work within recorded work
   * can be taken back on its own, and is taken back with the whole.
   */
  record<T>(changes: Changes, work: () => T): T {
    const before = this.#recording;
    this.#recording = changes;
    try {
      return work();
    } finally {
      this.#recording = before;
      before?.note(() => {
        changes.undo();
      });
    }
  }

  /** A map whose changes are recorded; `changed` is told of each of them, taken back or not. */
  map<K, V>(entries?: Iterable<readonly [K, V]>, changed?: (key: K) => void): Map<K, V> {
    return new RecordedMap(() => this.#recording, entries, changed);
  }
}

class RecordedMap<K, V> extends Map<K, V> {
  readonly #recording: () => Changes | undefined;

  readonly #changed: ((key: K) => void) | undefined;

  constructor(
    recording: () => Changes | undefined,
    entries: Iterable<readonly [K, V]> = [],
    changed?: (key: K) => void,
  ) {
    super();
    this.#recording = recording;
    this.#changed = changed;
    for (const [key, value] of entries) super.set(key, value);
  }

  override set(key: K, value: V): this {
    this.#note(key);
    return super.set(key, value);
  }

  override delete(key: K): boolean {
    this.#note(key);
    return super.delete(key);
  }

  #note(key: K): void {
    this.#changed?.(key);
    const changes = this.#recording();
    if (changes === undefined) return;
    const before = this.get(key);
    const had = this.has(key);
    changes.note(() => {
      this.#changed?.(key);
      // What the map held is a value of its type, undefined included.
      if (had) super.set(key, before as V);
      else super.delete(key);
    });
  }
}
