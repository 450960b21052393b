import { createWebhook, stepBody } from '../../harness/events.ts';
import { createRow, deleteRegisteredRow, type RegisteredRow } from '../../harness/rows.ts';
import type { Client } from '../../harness/client.ts';
import { Channel } from '../../harness/listener.ts';
import { registrationName, runOfName } from '../../harness/run-id.ts';
import { Ending } from '../../harness/verdict.ts';
import { findLeftovers } from '../cleanup/leftovers.ts';
import { removeLeftovers } from '../cleanup/remove.ts';
import { ok, skipped, wrong, type SeenByDoctor } from './finding.ts';
import { as, type Patient } from './patient.ts';
import { undisturbed } from './undisturbed.ts';

/** Whether events can be subscribed to. What is registered for that is deleted at once. */
export async function lookAtEvents(patient: Patient): Promise<SeenByDoctor> {
  const { listener, offers } = patient.target;
  if (offers.events === undefined && offers.callbackRegistrations)
    return skipped('callback registrations are made and deleted by the checks that need them');
  if (offers.events === undefined)
    return skipped('target.events is absent: what needs it will not be tested');
  if (offers.events === 'preregistered') {
    return skipped(`only a run can tell whether the webhook points at ${listener.base}/bgop/events`);
  }
  const channel = new Channel('event', () => ({ status: 200 }));
  const { url, key } = listener.open(channel);
  const made: RegisteredRow[] = [];
  const client = as(patient, 'initiator');
  const { trouble, left } = await undisturbed(async () => ({
    trouble: await register(client, url, listener.mark ?? '', made),
    left: [...(await remove(client, made)), ...(await sweep(client, patient))],
  }));
  listener.close(key);
  if (left.length > 0) {
    return wrong(
      `what was registered could not be deleted again: ${left.join('; ')}`,
      'Delete it by hand, and give the initiator the right to delete service endpoints and steps.',
    );
  }
  if (trouble !== undefined) {
    return wrong(
      trouble,
      'Give the initiator the right to create and delete service endpoints and SDK message processing steps, or take target.events out.',
    );
  }
  return ok('a webhook and a step could be registered, and were deleted again');
}

/** Registers what a run would; what was created is added to `made`, also when the rest fails. */
async function register(
  client: Client,
  url: string,
  mark: string,
  made: RegisteredRow[],
): Promise<string | undefined> {
  try {
    const webhook = await createWebhook(client, url, mark);
    made.push(webhook);
    made.push(await createRow(client, 'sdkmessageprocessingsteps', await stepBody(client, webhook, mark, 1)));
    return undefined;
  } catch (error) {
    if (error instanceof Ending) return error.message;
    throw error;
  }
}

/**
 * Removes what was created although the answer did not tell its id; gives what refused to go, in words.
 * Where the tables cannot be listed, nothing could be created either.
 */
async function sweep(client: Client, { target }: Patient): Promise<string[]> {
  const run = runOfName(registrationName(target.listener.mark ?? ''));
  try {
    const { found } = await findLeftovers(client, target.config, run);
    const removals = await removeLeftovers(client, run === undefined ? [] : found);
    return removals.flatMap((one) =>
      one.outcome === 'refused' ? [`${one.kind} ${one.id}: ${one.reason}`] : [],
    );
  } catch (error) {
    if (error instanceof Ending) return [];
    throw error;
  }
}

/** Deletes the latest first; gives what refused to go, in words. */
async function remove(client: Client, made: readonly RegisteredRow[]): Promise<string[]> {
  const left: string[] = [];
  for (const row of made.toReversed()) {
    try {
      const answer = await deleteRegisteredRow(client, row);
      if (!answer.ok && answer.status !== 404) left.push(`${row.set}(${row.id}): ${answer.describe()}`);
    } catch (error) {
      if (!(error instanceof Ending)) throw error;
      left.push(`${row.set}(${row.id}): ${error.message}`);
    }
  }
  return left;
}
