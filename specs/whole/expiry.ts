import { errorCodes, limits } from '../../contract/vocabulary.ts';
import type { CheckTools } from '../../harness/collect.ts';
import { forEach } from './batches.ts';
import { charged, picturesOf } from './no-change.ts';
import { refusedAtEnd } from './cancel.ts';
import type { Subject } from './subject.ts';

const hourMs = 3_600_000;

/**
 * Lets the time to live of operations pass: their rows are there until it is over, and gone a day later. Where they
 * are known to be stable nothing changes until then.
 */
export async function lookAtExpiry(
  tools: Pick<CheckTools, 'clock' | 'target' | 'events' | 'sdk'>,
  subjects: readonly Subject[],
  stable: boolean,
): Promise<void> {
  const { clock } = tools;
  const expiresAt = (subjects[0]?.submittedAt ?? 0) + limits.ttlSeconds * 1_000;
  const now = await clock.now();
  const before = await picturesOf(tools, subjects);
  const there = await forEach(subjects, async ({ operation }) => (await operation.getRow()).ok);
  await clock.advance(Math.max(1, expiresAt - hourMs - now));
  const [kept, gone] = [`an hour before ${limits.ttlSeconds} s have passed`, 'days after its time to live'];
  const still = await forEach(subjects, async (subject, index) => {
    const answer = await subject.operation.getRow();
    if (answer.status === 404 && there[index] === true)
      subject.note([{ clause: 'ttl.kept-before', reason: 'the row answered 404' }], kept);
    const etag = answer.object()?.['@odata.etag'];
    return answer.status === 404 ? [] : [{ subject, etag: typeof etag === 'string' ? etag : '*' }];
  });
  const late = still.flat();
  const changed =
    stable &&
    (await charged(
      tools,
      before,
      late.map(({ subject }) => subject),
      'state.terminal-is-final',
      kept,
    ));
  if (stable && !changed)
    await forEach(late, ({ subject, etag }, index) =>
      index % 2 === 0 ? refusedAtEnd(subject, 'patch', kept, etag) : refusedAtEnd(subject, 'delete', kept),
    );
  // It may count from the last modification, which may be as late as three days after the creation.
  await clock.advance(6 * 24 * hourMs);
  await forEach(subjects, async (subject) => {
    const { status } = await subject.operation.getRow();
    if (status !== 404)
      subject.note([{ clause: 'ttl.deleted-after', reason: `the row answered ${status}` }], gone);
    else await expectUnknown(tools, subject, gone);
  });
}

/** What has expired is as unknown as what never was, whatever is asked of it. */
async function expectUnknown(
  { sdk, target }: Pick<CheckTools, 'sdk' | 'target'>,
  subject: Subject,
  when: string,
): Promise<void> {
  const { operation } = subject;
  const answers = {
    'ttl.monitor-gone': [await operation.getMonitor(), await operation.cancelAtOnce('delete')],
    'unknown.row-patch': [await operation.cancelAtOnce('patch')],
  } as const;
  for (const clause of ['ttl.monitor-gone', 'unknown.row-patch'] as const)
    for (const answer of answers[clause])
      if (answer.status !== 404)
        subject.note([{ clause, reason: `expected 404, got ${answer.describe()}` }], when);
  if (!target.offers.sdk) return;
  const soap = await sdk.retrieve(operation.id, undefined, undefined, operation.parts.owner);
  if (soap.fault?.code === errorCodes.notFound) return;
  const reason = `expected a fault with ${errorCodes.notFound}, got ${soap.describe()}`;
  subject.note([{ clause: 'sdk.unknown-id', reason }], when);
}
