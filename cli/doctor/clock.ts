import { TransportError } from '../../harness/verdict.ts';
import { ok, skipped, wrong, type Seen } from './finding.ts';
import { as, type Patient } from './patient.ts';

/** By how much a virtual clock is moved; whole, since a target may tell whole seconds. */
const moveMs = 1_000;
/** By how much two real clocks may differ: far more than a slow answer explains. */
const skewMs = 30_000;

/** Whether the target's clock can be told, and moved where it is virtual. */
export function lookAtClock(patient: Patient): Promise<Seen> {
  return patient.target.clock.virtual ? virtualClock(patient) : realClock(patient);
}

async function virtualClock({ target }: Patient): Promise<Seen> {
  try {
    const before = await target.clock.now();
    const after = await target.clock.advance(moveMs);
    if (after - before === moveMs)
      return ok(`the virtual clock tells the time and was moved by ${moveMs} ms`);
    return wrong(
      `the virtual clock was to move by ${moveMs} ms and moved by ${after - before} ms`,
      'Between two advances time must stand still, and each must move it by just as much as it was told.',
    );
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    return wrong(error.message, 'Correct target.clock.url, or set target.clock to {"kind":"real"}.');
  }
}

async function realClock(patient: Patient): Promise<Seen> {
  const asked = Date.now();
  const answer = await as(patient, 'anonymous').api('GET', 'WhoAmI');
  const date = answer.header('Date');
  const told = Date.parse(date ?? '');
  if (Number.isNaN(told)) return skipped('the target’s answers have no Date header');
  // The header has whole seconds, and was written at some moment between question and answer.
  const behind = Math.max(0, asked - 1_000 - told);
  const ahead = Math.max(0, told - Date.now());
  if (Math.max(behind, ahead) <= skewMs) return ok('the target and this machine agree about the time');
  const by = `${Math.round(Math.max(behind, ahead) / 1_000)} s ${behind > 0 ? 'behind' : 'ahead of'}`;
  return wrong(
    `the target’s clock is ${by} this machine’s`,
    'Set both by NTP: tokens are refused and times in the report mislead where clocks differ.',
  );
}
