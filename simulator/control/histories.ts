/** Something that happened to an operation. */
export interface HistoryEntry {
  /** Instant on the simulator's clock. */
  readonly at: string;
  readonly what: string;
}

/** Operations whose history is kept, and entries of one of them, at most. */
const mostOperations = 1_000;
const mostEntries = 100;

interface Kept {
  readonly at: number;
  readonly what: string;
}

/** What happened to operations after they were accepted, for people to read; of those in which something happened last. */
export class Histories {
  readonly #kept = new Map<string, Kept[]>();

  /** Notes what happened at an instant, epoch milliseconds. */
  note(id: string, at: number, what: string): void {
    let entries = this.#kept.get(id);
    if (entries === undefined) {
      if (this.#kept.size >= mostOperations) {
        const [oldest = ''] = this.#kept.keys();
        this.#kept.delete(oldest);
      }
      entries = [];
      this.#kept.set(id, entries);
    }
    if (entries.length < mostEntries) entries.push({ at, what });
  }

  /** What is known of an operation, oldest first; empty where it was too long ago. */
  of(id: string): HistoryEntry[] {
    return (this.#kept.get(id) ?? []).map(({ at, what }) => ({ at: new Date(at).toISOString(), what }));
  }
}
