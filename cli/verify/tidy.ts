import type { Client } from '../../harness/client.ts';
import type { Config } from '../../harness/config.ts';
import { deleteRegisteredRow, type RegisteredRow } from '../../harness/rows.ts';
import { withinLimit } from '../../harness/time-limit.ts';
import type { ProgressMessage } from '../progress-reporter.ts';
import type { Terminal } from '../terminal.ts';

/** How long a target may take to remove what a run registered. */
const limitMs = 10_000;
/** How many rows are removed at a time. */
const lanes = 4;

/** What the workers of a run registered in the target, and did not remove. */
export class LeftRows {
  readonly #rows = new Map<string, RegisteredRow>();

  take(message: ProgressMessage): void {
    if (message.kind === 'made') this.#rows.set(message.id, { set: message.set, id: message.id });
    else if (message.kind === 'gone') this.#rows.delete(message.id);
  }

  /** The last one first: a webhook that a step uses cannot be removed. */
  get rows(): readonly RegisteredRow[] {
    return [...this.#rows.values()].reverse();
  }
}

/**
 * Removes what a run registered in its target, once the report is written. A target that hangs holds it for
 * ten seconds at most; what stays is told, with the command that removes it.
 */
export async function tidyTarget(
  config: Config,
  left: LeftRows,
  cleanup: string,
  terminal: Terminal,
): Promise<void> {
  const { rows } = left;
  // Everything else ends with the run, and what is in it.
  if (rows.length === 0 || config.target.kind !== 'url') return;
  const { connect } = await import('../cleanup/connect.ts');
  const { client, close } = connect(config);
  const remaining = new Set(rows);
  try {
    await withinLimit(removeRows(client, remaining, limitMs), limitMs);
  } finally {
    void close().catch(() => undefined);
  }
  if (remaining.size === 0) return;
  terminal.err(
    `The target still has ${remaining.size} of the run's registrations (webhooks and their steps), which it did not remove when asked. Remove them: ${cleanup}`,
  );
}

/**
 * Removes rows, several at a time, and takes each that is gone out of the set. Webhooks come last, since one
 * that a step uses cannot be removed; a step whose removal hangs holds them for half of the limit.
 */
export async function removeRows(
  client: Client,
  remaining: Set<RegisteredRow>,
  limitMs: number,
): Promise<void> {
  const isWebhook = ({ set }: RegisteredRow): boolean => set === 'serviceendpoints';
  const all = [...remaining];
  for (const waiting of [all.filter((row) => !isWebhook(row)), all.filter(isWebhook)]) {
    const lane = async (): Promise<void> => {
      for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
        const answer = await deleteRegisteredRow(client, row, limitMs / 2).catch(() => undefined);
        if (answer?.ok === true || answer?.status === 404) remaining.delete(row);
      }
    };
    await withinLimit(Promise.all(Array.from({ length: lanes }, lane)), limitMs / 2);
  }
}
