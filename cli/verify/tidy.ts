import type { Config } from '../../harness/config.ts';
import type { Registered } from '../../harness/events.ts';
import { withinLimit } from '../../harness/time-limit.ts';
import type { Terminal } from '../terminal.ts';
import type { ProgressMessage } from '../progress-reporter.ts';

/** How long a target may take to remove what a run could not remove itself. */
const limitMs = 10_000;

/** What the workers of a run registered in the target, and did not remove. */
export class LeftRows {
  readonly #rows = new Map<string, Registered>();

  take(message: ProgressMessage): void {
    if (message.kind === 'made') this.#rows.set(message.id, { set: message.set, id: message.id });
    else if (message.kind === 'gone') this.#rows.delete(message.id);
  }

  /** The last one first: a webhook that a step uses cannot be removed. */
  get rows(): readonly Registered[] {
    return [...this.#rows.values()].reverse();
  }
}

/**
 * Removes what a run left in its target, once the report is written. A target that hangs holds it for
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
  const removing = (async () => {
    for (const row of rows) {
      const answer = await client.api('DELETE', `${row.set}(${row.id})`).catch(() => undefined);
      if (answer?.ok === true || answer?.status === 404) remaining.delete(row);
    }
  })();
  try {
    await withinLimit(removing, limitMs);
  } finally {
    void close().catch(() => undefined);
  }
  if (remaining.size === 0) return;
  terminal.err(
    `The target still has ${remaining.size} of the run's registrations (webhooks and their steps), which it did not remove when asked. Remove them: ${cleanup}`,
  );
}
