import { createRow, deleteRegisteredRow, type RegisteredRow } from './rows.ts';
import type { JsonObject } from './answer.ts';
import { Client } from './client.ts';
import { tellNotice } from './notices.ts';
import type { Target } from './target.ts';
import { withinLimit } from './time-limit.ts';
import { Transcript } from './transcript.ts';

/** How long the removal of all that a worker registered may take, where the worker has to do it. */
const closeLimitMs = 8_000;
/** How long the removal of what one check registered for itself may take. */
const tidyLimitMs = 3_000;

/**
 * What one worker registered in the target and has not removed. The command line is told of each row, and
 * removes what is left once the report is written: no removal may cost a verdict.
 */
export class EventRegistrations {
  readonly #client: Client;
  readonly #made = new Set<RegisteredRow>();
  readonly #discarded = new Set<RegisteredRow>();

  /** @param target is asked without what waits for its answers or judges them: one that refuses is asked again at the end */
  constructor(target: Target) {
    const transport = target.steady === undefined ? target.transport : (target.bare ?? target.transport);
    this.#client = new Client({ ...target, transport }, 'initiator', new Transcript());
  }

  /** Creates a row and keeps it in mind. */
  async create(client: Client, set: string, body: JsonObject): Promise<RegisteredRow> {
    return this.keep(await createRow(client, set, body));
  }

  /** Keeps a row in mind that was created by the way. */
  keep(row: RegisteredRow): RegisteredRow {
    this.#made.add(row);
    tellNotice({ kind: 'made', ...row });
    return row;
  }

  /** A check needs the row no more; it is removed by the next {@link tidy}. */
  discard(row: RegisteredRow): void {
    this.#discarded.add(row);
  }

  /**
   * Removes what was discarded; to be called when the outcome of the check is recorded. What the target does
   * not remove in time is left for the end.
   */
  async tidy(limitMs = tidyLimitMs): Promise<void> {
    const rows = [...this.#discarded];
    this.#discarded.clear();
    await this.#remove(rows, limitMs);
  }

  /** Removes everything, the last row first: a webhook that a step uses cannot be removed. */
  async close(limitMs = closeLimitMs): Promise<void> {
    await this.#remove([...this.#made].reverse(), limitMs);
  }

  /** Removes rows one after the other, though one fails. A target that hangs cannot hold it. */
  async #remove(rows: readonly RegisteredRow[], limitMs: number): Promise<void> {
    if (rows.length === 0) return;
    let late = false;
    const removing = (async () => {
      for (const row of rows) {
        if (late) return;
        const answer = await deleteRegisteredRow(this.#client, row, limitMs / 2).catch(() => undefined);
        if (answer?.ok !== true && answer?.status !== 404) continue;
        this.#made.delete(row);
        tellNotice({ kind: 'gone', ...row });
      }
    })();
    await withinLimit(removing, limitMs);
    late = true;
  }
}
