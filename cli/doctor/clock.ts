import { setTimeout as sleep } from 'node:timers/promises';
import type { TargetClock } from '../../harness/clock.ts';
import { withinLimit } from '../../harness/time-limit.ts';
import { TransportError } from '../../harness/verdict.ts';
import { mayPass } from '../reach/advice.ts';
import { ok, skipped, unready, wrong, type SeenByDoctor } from './finding.ts';
import { as, type Patient } from './patient.ts';

/** How far apart two readings are between which a virtual clock has to stand still. */
const stillMs = 40;
/** Further readings of a clock that did not. */
const readings = 3;
/** How long a clock may take for a millisecond: a little more than an outage is waited for. */
const answerMs = 40_000;
/** Least time until the second look. */
const againMs = 100;
/** What a clock is moved by that did not show a millisecond: it may tell whole seconds. */
const coarseMs = 999;
/** By how much two real clocks may differ: far more than a slow answer explains. */
const skewMs = 30_000;

/** Whether the target's clock can be told, and moved where it is virtual. */
export function lookAtClock(patient: Patient): Promise<SeenByDoctor> {
  return patient.target.clock.virtual ? virtualClock(patient) : realClock(patient);
}

const rule =
  'Between two advances time must stand still, and each must move it by just as much as it was told.';

/** Looks twice where something else seems to move the clock: that may have been another run’s own look. */
async function virtualClock({ target: { clock } }: Patient): Promise<SeenByDoctor> {
  try {
    const seen = await moved(clock);
    if (seen.unready !== 'starting' || seen === silent) return seen;
    await sleep(againMs * (1 + Math.random()));
    return await moved(clock);
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    return unready(
      error.message,
      'Correct target.clock.url, or set target.clock to {"kind":"real"}.',
      mayPass(error.message) || /answered (200|50[234]|404)/.test(error.message)
        ? 'starting'
        : 'misconfigured',
    );
  }
}

/** A run would wait more than a minute for each advance. */
const silent = unready(
  `the virtual clock did not answer an advance by 1 ms within ${answerMs / 1_000} s`,
  'An advance is answered once all that fell due has happened: a receiver of an earlier run that takes no delivery may hold it for a minute (--wait SECONDS waits for that). If it stays so, the fault is in the clock interface at target.clock.url.',
  'starting',
);

async function moved(clock: TargetClock): Promise<SeenByDoctor> {
  const seen = moveIt(clock);
  return (await withinLimit(seen, answerMs)) ? seen : silent;
}

async function moveIt(clock: TargetClock): Promise<SeenByDoctor> {
  const first = await clock.now();
  await sleep(stillMs);
  const before = await clock.now();
  if (before !== first) return unbidden(clock, before, before - first);
  const after = await clock.advance(1);
  if (after - before === 1) return ok('the virtual clock tells the time and was moved by 1 ms');
  if (after < before) return backwards(after - before);
  if (after > before) return byMore(1, after - before);
  const further = await clock.advance(coarseMs);
  if (further < after) return backwards(further - after);
  if (further === after) {
    return unready(
      `the virtual clock stands still: it answered two advances, by 1 and by ${coarseMs} ms, with the same time ${new Date(after).toISOString()}`,
      `The fault is in the clock interface at target.clock.url, not in background operations. ${rule}`,
    );
  }
  if (further - after === 1_000 && further % 1_000 === 0)
    return ok(`the virtual clock was moved by ${1 + coarseMs} ms; it tells whole seconds`);
  return byMore(coarseMs, further - after);
}

/** A clock that moved though the suite did not tell it to: by itself, or since somebody else moves it. */
async function unbidden(clock: TargetClock, second: number, firstMove: number): Promise<SeenByDoctor> {
  if (firstMove < 0) return backwards(firstMove);
  let last = second;
  let steady = true;
  for (let reading = 0; reading < readings; reading += 1) {
    const began = performance.now();
    await sleep(stillMs);
    const now = await clock.now();
    const elapsedMs = performance.now() - began;
    const moved = now - last;
    if (moved < 0) return backwards(moved);
    steady &&= moved >= elapsedMs / 2 && moved <= elapsedMs * 2;
    last = now;
  }
  const told = `without an advance of the suite, the virtual clock moved by ${firstMove} ms`;
  if (steady) {
    return unready(
      `${told}, and goes on as time does: it runs by itself`,
      `The fault is in the clock interface, not in background operations. ${rule} Or set target.clock to {"kind":"real"}.`,
    );
  }
  return unready(
    `${told}: another run, or somebody by hand, moves it`,
    `${rule} The clock is one for the whole target: let the other run end first (--wait SECONDS waits for that), or give each run a target of its own.`,
    'starting',
  );
}

function backwards(by: number): SeenByDoctor {
  return unready(
    `the virtual clock runs back: it moved by ${by} ms`,
    `The fault is in the clock interface at target.clock.url, not in background operations, unless the target restarted just now. ${rule}`,
    'starting',
  );
}

function byMore(wanted: number, moved: number): SeenByDoctor {
  return unready(
    `the virtual clock was to move by ${wanted} ms and moved by ${moved} ms: the clock interface is wrong, or another run moves the clock, too`,
    rule,
    'starting',
  );
}

async function realClock(patient: Patient): Promise<SeenByDoctor> {
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
