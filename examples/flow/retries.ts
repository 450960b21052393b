import { LostAnswer, type FlowAnswer } from './virtual-organization.ts';

/** How an action of a flow is repeated that was not answered, or by 408, 429 or 5xx. */
export interface RetryPolicy {
  /** Repetitions at most. */
  readonly times: number;
  /** Milliseconds before the first; each wait is twice the one before. */
  readonly firstMs: number;
  readonly longestMs: number;
}

/** The policies of Power Automate by performance profile, as its limits are documented. */
export const retryPolicies = {
  low: { times: 2, firstMs: 300_000, longestMs: 600_000 },
  medium: { times: 12, firstMs: 7_000, longestMs: 3_600_000 },
} as const satisfies Record<string, RetryPolicy>;

/** An answer, and what it took to get it. */
export interface Retried {
  /** Undefined where the last request was not answered either. */
  readonly answer: FlowAnswer | undefined;
  /** Requests that were sent. */
  readonly sent: number;
  /** Requests of which nobody knows whether they were taken. */
  readonly lost: number;
}

/**
 * Sends a request until it is answered by something else than 408, 429 or 5xx, as flows do. A request whose answer
 * got lost is sent again too, though it may have been taken: a receiver of work must recognize it.
 *
 * @param wait lets time pass, in milliseconds
 */
export async function withRetries(
  send: () => Promise<FlowAnswer>,
  wait: (milliseconds: number) => Promise<void>,
  { times, firstMs, longestMs }: RetryPolicy = retryPolicies.medium,
): Promise<Retried> {
  let lost = 0;
  for (let sent = 1; ; sent += 1) {
    let pause = Math.min(longestMs, firstMs * 2 ** (sent - 1));
    try {
      const answer = await send();
      const again = answer.status === 408 || answer.status === 429 || answer.status >= 500;
      if (!again || sent > times) return { answer, sent, lost };
      pause = Math.max(pause, Number(answer.headers['retry-after'] ?? 0) * 1_000);
    } catch (error) {
      if (!(error instanceof LostAnswer)) throw error;
      lost += 1;
      if (sent > times) return { answer: undefined, sent, lost };
    }
    await wait(pause);
  }
}
