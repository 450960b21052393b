import { expect, it } from 'vitest';
import { requireSwift } from './swift.ts';

const never = () => new Promise<never>(() => {});
const atOnce = () => Promise.resolve();
const patientMs = 20;

it.each([
  ['goes on where any other submission is answered at once', atOnce, patientMs, undefined],
  ['is undecided where no submission is answered in that time', never, patientMs, 'for any submission'],
  ['is undecided where the target asked for a wait', atOnce, 1, 'had the suite wait'],
])('%s', async (_what, submit, ownMs, why) => {
  const outcome = requireSwift(submit, patientMs, ownMs);
  await (why === undefined ? expect(outcome).resolves.toBeUndefined() : expect(outcome).rejects.toThrow(why));
});
