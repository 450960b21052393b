import { Client } from './client.ts';
import { Events } from './events.ts';
import { Lives } from './lives.ts';
import { ListenerReach } from './listener-reach.ts';
import { measureRetries } from './measure-retries.ts';
import { tellNotice } from './notices.ts';
import { MeasuredRetries } from './pace.ts';
import { slowMs } from './probe-patience.ts';
import type { Target } from './target.ts';
import { Transcript } from './transcript.ts';

/** What one process tests with: the target, and what outlives a single check. */
export class SuiteSession {
  readonly target: Target;
  readonly events: Events;
  /** Whether what the target sends reaches the listener. */
  readonly listenerReach: ListenerReach;
  /** The target's retries in real time; undefined on a virtual clock. */
  readonly pace: MeasuredRetries | undefined;
  /** What checks lived that others look at, too. */
  readonly lives = new Lives();
  /** Milliseconds that second runs of failed checks have taken. */
  rerunMs = 0;
  /** Keep the evidence of checks that passed, too. Making it costs more than many a check. */
  keepsAllEvidence = true;
  /** Clauses that checks of this process have seen broken, twice. */
  readonly met = new Set<string>();

  /** @param mark what the world marks its registrations and the listener's paths with, see `run-id.ts` */
  constructor(target: Target, mark: string) {
    this.target = target;
    target.listener.mark = mark;
    this.listenerReach = new ListenerReach(target);
    this.events = new Events(target, new Client(target, 'initiator', new Transcript()), mark);
    if (target.watch !== undefined) {
      target.watch.onLost = () => {
        this.events.forget();
        this.lives.forget();
      };
    }
    const budgetMs = target.offers.slow ? slowMs : target.config.budget.waitMs;
    this.pace = target.clock.virtual
      ? undefined
      : new MeasuredRetries(() => measureRetries(target, budgetMs));
  }

  /**
   * Ends the session.
   *
   * @param leave whether what is registered in the target is left there, for the command line to remove
   */
  async close(leave = false): Promise<void> {
    this.target.manners?.tidy();
    try {
      if (!leave) await this.events.registrations.close();
    } finally {
      await this.target.close();
      const sent = this.target.manners?.sent;
      if (sent !== undefined) tellNotice({ kind: 'requests', sent });
    }
  }
}
