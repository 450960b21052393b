import type { CheckTools } from '../../harness/collect.ts';
import { Blocked } from '../../harness/test.ts';
import { codesOf, isTerminal, monitorCodesIn } from '../../harness/reading.ts';
import { limits, members } from '../../contract/vocabulary.ts';
import { sameValue } from '../../scenarios/support/values.ts';
import { acceptedMismatches } from '../model/expect-accepted.ts';
import { attemptsOf } from '../model/story.ts';
import { forEach } from './batches.ts';
import { noteEndless } from './endless.ts';
import { cancelNow, refusedAtEnd } from './cancel.ts';
import { callbackField } from '../../harness/preferences.ts';
import type { CallOptions } from '../../harness/probe-calls.ts';
import type { Combination } from './combinations.ts';
import { answerSlowly } from './slow-receiver.ts';
import { Subject } from './subject.ts';
import { lookAtEarlyRow, lookAtList, lookAtMonitor, lookAtRows, type Named } from './views.ts';

type Tools = Pick<CheckTools, 'submit' | 'clock' | 'target' | 'client' | 'as' | 'sdk'>;

const dayMs = 86_400_000;
/** Until an elastic row has to show what is. */
const settledMs = 6_000;
const longestMs = 3 * dayMs;
const beforeMidnightMs = 30_000;

/**
 * Submits an operation for each combination at one moment, follows all of them to their ends, and looks at them
 * wherever something has happened: while they wait, inside every attempt, between two, on the arrival of a callback.
 */
export async function liveAll(
  tools: Tools,
  combinations: readonly Combination[],
  named: Named,
): Promise<Subject[]> {
  const { clock } = tools;
  const start = await clock.now();
  // Lives that begin just before midnight tell whether dates and times belong together.
  let now = await clock.advance(Math.max(1, dayMs - (start % dayMs) - beforeMidnightMs));
  const userIds = await usersOf(tools);
  const all = await forEach(combinations, async (one) => {
    // What cannot be submitted in another way is for the checks of that way to judge.
    const other = one.by !== undefined || one.long === true || one.beside !== undefined;
    return submitted(tools, one, named, now, userIds).catch((error: unknown) => {
      if (other && error instanceof Blocked) return undefined;
      throw error;
    });
  });
  const subjects = all.filter((one) => one !== undefined);
  await forEach(subjects, async (subject) => {
    await lookAtMonitor(subject, now, 'while it waits');
  });
  if (tools.target.offers.table) {
    await lookAtRows(tools, subjects, named, now, 'while it waits');
    await lookAtList(tools, subjects, named, now, 'while it waits');
  }
  await forEach(
    subjects.filter(({ combination }) => combination.cancellation === 'before the start'),
    (subject) => cancelNow(subject, now, named),
  );
  let passed = 0;
  for (let turn = 0; passed < longestMs; turn += 1) {
    const step = Math.max(1, Math.ceil(passed / 4));
    now = await clock.advance(step);
    passed += step;
    const open = subjects.filter(({ end }) => end === undefined);
    if (open.length === 0) break;
    await lookAround(tools, open, named, now, turn);
  }
  await forEach(
    subjects.filter(({ end }) => end === undefined),
    async (subject) => subject.learn(await subject.operation.getMonitor(), true),
  );
  noteEndless(subjects, now, { events: tools.target.offers.events !== undefined });
  return subjects;
}

async function usersOf({ as, target }: Tools): Promise<Record<'initiator' | 'other', string | undefined>> {
  const idOf = async (principal: 'initiator' | 'other'): Promise<string | undefined> => {
    const id = (await as(principal).api('GET', 'WhoAmI')).object()?.['UserId'];
    return typeof id === 'string' ? id.toLowerCase() : undefined;
  };
  return {
    initiator: await idOf('initiator'),
    other: target.offers.other ? await idOf('other') : undefined,
  };
}

async function submitted(
  tools: Tools,
  asked: Combination,
  named: Named,
  submittedAt: number,
  userIds: Record<'initiator' | 'other', string | undefined>,
): Promise<Subject> {
  const { submit, sdk, target } = tools;
  const combination = target.offers.other ? asked : { ...asked, canceledByOther: false };
  const who = combination.otherUser && target.offers.other ? 'other' : 'initiator';
  // An attempt may begin before the submission has been answered.
  const known: { subject?: Subject } = {};
  const inside = async (): Promise<void> => {
    const { subject } = known;
    if (subject === undefined) return;
    // Time stands still while the probe is answered: its call tells it.
    const now = subject.operation.attempts.at(-1)?.calls.at(-1)?.time ?? submittedAt;
    noteAttempt(subject);
    await lookAtMonitor(subject, now, 'inside an attempt');
    await lookAtEarlyRow(subject, named, now, 'inside an attempt');
    if (!combination.late) await cancelDuring(subject, now, named);
  };
  const further = async (): Promise<void> => {
    const { subject } = known;
    const { calls } = subject?.operation.attempts.at(-1) ?? {};
    const now = calls?.at(-1)?.time;
    // One that was given up may go on asking.
    if (subject === undefined || subject.end !== undefined || now === undefined) return;
    if (now - (calls?.[0]?.time ?? now) > limits.attemptMilliseconds) return;
    // The attempts before the one that all is about are looked at as they begin.
    if (subject.canceled === undefined && subject.operation.attempts.length !== combination.attempt) return;
    await lookAtMonitor(subject, now, 'inside an attempt that goes on');
    if (combination.late) await cancelDuring(subject, now, named);
  };
  const asksForCallback = combination.callback !== undefined && target.offers.callbacks;
  const { by } = combination;
  const submitSo = by === 'organization service' ? (options: CallOptions) => sdk.submit(options) : submit;
  const operation = await submitSo({
    attempts: combination.attempts,
    as: who,
    ...(by === 'strong consistency' ? { headers: [['Consistency', 'Strong']] } : {}),
    ...(by === 'disconnect' ? { disconnect: true } : {}),
    ...(combination.beside === undefined ? {} : { prefer: preferring(combination.beside) }),
    ...(combination.payload === undefined ? {} : { payload: combination.payload }),
    during: { 1: inside, 2: inside, 3: inside, 4: inside },
    again: further,
    ...(asksForCallback
      ? {
          callback: {
            ...combination.callback,
            onArrival: async () => {
              if (known.subject !== undefined) await lookOnArrival(tools, known.subject, named);
              if (combination.slow === true) await answerSlowly(target);
            },
          },
        }
      : {}),
  });
  const subject = new Subject(operation, combination, submittedAt, userIds[who]);
  known.subject = subject;
  if (by === undefined) subject.note(acceptedMismatches(operation), 'when it was submitted');
  if (operation.attempts.length > 0) {
    // Time stands still until all are submitted.
    const reason = `it was executed ${operation.attempts.length} times before the clock had moved`;
    subject.note([{ clause: 'submit.does-not-wait', reason }], 'when it was submitted');
    subject.leave();
  }
  return subject;
}

/** The usual preferences of a submission, with one more. */
function preferring(beside: string): (callbackUrl: string) => string {
  return (url) => ['respond-async', beside, ...(url === '' ? [] : [callbackField(url)])].join(', ');
}

/** Cancels a subject in the attempt that its combination says. */
async function cancelDuring(subject: Subject, now: number, named: Named): Promise<void> {
  const { cancellation, attempt } = subject.combination;
  const made = subject.operation.attempts.length;
  if (cancellation === 'during the attempt' && made === attempt && subject.canceled === undefined)
    await cancelNow(subject, now, named);
}

/** Holds the beginning of an attempt against what was before it. */
function noteAttempt(subject: Subject): void {
  const attempts = attemptsOf(subject.operation, false);
  const [before, begun] = attempts.slice(-2);
  const when = `when attempt ${attempts.length} began`;
  if (subject.endedEarly !== undefined && attempts.length > subject.endedEarly)
    subject.note([{ clause: 'retry.not-terminal-between', reason: 'it had shown its end before' }], when);
  const asked = subject.operation.attempts.at(-2)?.calls.at(-1)?.answer;
  if (before?.end !== 'time-out' || begun === undefined || asked?.outcome !== 'continue') return;
  const ran = begun.began - before.began;
  if (begun.began >= before.last + asked.milliseconds || ran > limits.attemptMilliseconds) return;
  subject.note([{ clause: 'retry.no-overlap', reason: `the attempt before it had run for ${ran} ms` }], when);
  subject.leave();
}

/** What a callback tells of must be there when it arrives. */
async function lookOnArrival(tools: Tools, subject: Subject, named: Named): Promise<void> {
  const answer = await subject.operation.getMonitor();
  const codes = answer.ok ? monitorCodesIn(answer) : undefined;
  if (codes === undefined) return;
  const when = 'on the arrival of its callback';
  if (!subject.canceling) subject.learn(answer);
  if (!isTerminal(codes)) {
    const reason = `expected the monitor to show the end, got (${codes.state},${codes.status})`;
    subject.note([{ clause: 'callback.after-completion', reason }], when);
    return;
  }
  if (subject.end !== undefined && !subject.seenOnArrival) {
    subject.seenOnArrival = true;
    const now = await tools.clock.now();
    if (tools.target.offers.table) await lookAtEarlyRow(subject, named, now, when);
    if (codes.status === 30) await refusedAtEnd(subject, 'delete', when);
  }
  if (codes.status !== 30) return;
  const outputs = attemptsOf(subject.operation, true).at(-1)?.outputs ?? {};
  const body = answer.object() ?? {};
  const missing = Object.entries(outputs).find(([name, value]) => !sameValue(name, value, body[name]));
  if (missing === undefined || members.state in outputs) return;
  // An output that never stands there is the monitor's own matter.
  subject.missingOnArrival = missing[0];
}

async function lookAround(
  tools: Tools,
  open: readonly Subject[],
  named: Named,
  now: number,
  turn: number,
): Promise<void> {
  const settled: Subject[] = [];
  await forEach(open, async (subject) => {
    const attempts = attemptsOf(subject.operation, false);
    const last = attempts.at(-1);
    const { over } = subject;
    if (over === true || (over === undefined && turn % 4 === 0)) {
      subject.learn(await subject.operation.getMonitor());
      return;
    }
    if (last === undefined) return;
    if (last.end === 'running') {
      // What is canceled meanwhile is looked at once more.
      const mark = subject.canceled === undefined ? attempts.length : -attempts.length;
      if (now - last.began < settledMs || subject.seenRunning.has(mark)) return;
      subject.seenRunning.add(mark);
      if (subject.combination.ending === 'time-out') return;
      await lookAtMonitor(subject, now, 'while it runs');
      settled.push(subject);
      return;
    }
    if (over !== false) return;
    if (!subject.seenBetween.has(attempts.length)) {
      subject.seenBetween.add(attempts.length);
      await lookAtMonitor(subject, now, 'while a retry is awaited');
      const state = codesOf(subject.atRest ?? {}, members.state, members.status)?.state;
      if (state === 3) subject.endedEarly ??= attempts.length;
      await lookAtEarlyRow(subject, named, now, 'while a retry is awaited');
      if (cancelsAfter(subject.combination) === attempts.length && state !== 3) {
        await cancelNow(subject, now, named);
        return;
      }
    }
    if (now - last.last < settledMs || subject.seenBetween.has(-attempts.length)) return;
    subject.seenBetween.add(-attempts.length);
    settled.push(subject);
  });
  if (settled.length > 0 && tools.target.offers.table)
    await lookAtRows(
      tools,
      settled.filter(({ end }) => end === undefined),
      named,
      now,
      'in the midst of its life',
    );
  if (!tools.target.offers.table) return;
  // One query of the table while something of each kind goes on is enough.
  for (const kind of ['canceled', 'between'] as const) {
    const listed = settled.filter((subject) => subject.end === undefined && isOf(subject, kind));
    if (listed.length === 0 || open.some(({ seenInList }) => seenInList.has(kind))) continue;
    for (const subject of open) subject.seenInList.add(kind);
    await lookAtList(tools, listed, named, now, 'in the midst of its life');
  }
}

/** Whether an operation was canceled while it ran, or awaits a retry. */
function isOf({ canceled, doing }: Subject, kind: 'canceled' | 'between'): boolean {
  return kind === 'canceled' ? canceled === 'running' : canceled === undefined && doing === 'between';
}

/** The attempt after which an operation is canceled; 0 for none. */
function cancelsAfter({ cancellation, ending, attempt }: Combination): number {
  if (cancellation !== 'after the attempt') return 0;
  return ending === 'own error' || ending === 'no answer' ? attempt : attempt - 1;
}
