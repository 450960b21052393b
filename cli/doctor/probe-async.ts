import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../../harness/answer.ts';
import { Channel } from '../../harness/listener.ts';
import { monitorPath } from '../../harness/operation.ts';
import { succeed } from '../../harness/plan.ts';
import { idOf } from '../../harness/check/accepted.ts';
import { Ending } from '../../harness/verdict.ts';
import { as, type Patient } from './patient.ts';

/** Longest wait, in real time, for an accepted operation to ask for its orders. */
const startMs = 5_000;

/**
 * Whether the probe gets its orders as an operation, though it did not in a synchronous execution: then
 * it is there and reaches the listener. Moves a virtual clock by a millisecond.
 */
export async function reachedAsync(patient: Patient, customApi: string): Promise<boolean> {
  const { listener, clock } = patient.target;
  const channel = new Channel('probe', () => ({ status: 200, body: JSON.stringify(succeed()) }));
  const { url, key } = listener.open(channel);
  try {
    const headers = [['Prefer', 'respond-async']] as const;
    const answer = await as(patient, 'initiator').api('POST', customApi, {
      headers,
      body: { ControlUrl: url },
    });
    if (answer.status < 200 || answer.status > 299) return false;
    if (clock.virtual) await clock.advance(1);
    if (answer.status === 202 && channel.deliveries.length === 0)
      await Promise.race([channel.next(), sleep(startMs)]);
    if (channel.deliveries.length > 0) return true;
    await cancelIfStarted(patient, answer);
    return false;
  } catch (error) {
    if (error instanceof Ending) return channel.deliveries.length > 0;
    throw error;
  } finally {
    listener.close(key);
  }
}

/** Cancels the operation that an answer names, so that none is left waiting. */
export async function cancelIfStarted(patient: Patient, answer: Answer): Promise<void> {
  const id = idOf(answer);
  if (answer.status !== 202 || id === undefined) return;
  await as(patient, 'initiator').send({ method: 'DELETE', path: monitorPath(id) });
}
