import { members } from '../../contract/vocabulary.ts';
import { isObject } from '../../harness/answer.ts';
import type { CheckTools } from '../../harness/collect.ts';
import { parseJson } from '../../harness/json.ts';
import { sameValue } from '../../scenarios/support/values.ts';
import { lifeMismatches } from '../model/expect-life.ts';
import { eventMismatches } from '../model/expect-event.ts';
import { callbackMismatches } from '../model/expect-notices.ts';
import { attemptsOf } from '../model/story.ts';
import { show } from '../../harness/expect.ts';
import { forEach } from './batches.ts';
import { lookAtExpiry } from './expiry.ts';
import { lookAtService } from './service-view.ts';
import { expectNoChange } from './no-change.ts';
import type { Subject } from './subject.ts';
import { lookAtList, lookAtMonitor, lookAtRows, type Named } from './views.ts';

type Tools = Pick<CheckTools, 'client' | 'clock' | 'target' | 'events' | 'as' | 'sdk'>;

const quietMs = 600_000;
/** Fewer operations of a sort say nothing of what its events depend on. */
const fewest = 3;
/** Characters that the texts of many columns may have. */
const longMessage = 4_000;

/**
 * Looks at operations at rest in every view there is, then makes requests that must change nothing, lets a day pass,
 * and looks whether something has changed.
 */
export async function lookAtRest(tools: Tools, subjects: readonly Subject[], named: Named): Promise<void> {
  const { clock, target } = tools;
  const ended = subjects.filter(({ end }) => end !== undefined);
  if (ended.length === 0) return;
  const now = await clock.advance(quietMs);
  await forEach(ended, (subject) => lookAtMonitor(subject, now, 'at its end'));
  noteForeignOutputs(ended);
  if (target.offers.table) {
    await lookAtRows(tools, ended, named, now, 'at its end');
    await lookAtList(tools, ended, named, now, 'at its end');
  }
  if (target.offers.table && target.offers.sdk) await lookAtService(tools, serviceShare(ended));
  for (const subject of ended) noteNotices(tools, subject, now);
  noteUnasked(ended);
  noteLives(ended, now);
  if (target.offers.events !== undefined) noteEvents(tools, ended, named, now);
  const stable = await expectNoChange(tools, ended);
  if (target.offers.table) await lookAtExpiry(tools, oneOfEachEnd(ended), stable);
}

/** Looks at operations of another season at their ends. */
export async function lookLater(tools: Tools, subjects: readonly Subject[], named: Named): Promise<void> {
  const ended = subjects.filter(({ end }) => end !== undefined);
  const now = await tools.clock.now();
  await forEach(ended, (subject) => lookAtMonitor(subject, now, 'at its end'));
  if (tools.target.offers.table) await lookAtRows(tools, ended, named, now, 'at its end, in summer');
}

/** An operation must not show a text that another one was told to set, and it was not. */
function noteForeignOutputs(subjects: readonly Subject[]): void {
  const set = subjects.map(({ operation }) => attemptsOf(operation, true).at(-1)?.outputs['Text']);
  for (const [index, subject] of subjects.entries()) {
    const shown = subject.atRest?.['Text'];
    if (shown === undefined || shown === '' || shown === set[index] || !set.includes(shown)) continue;
    const reason = `it shows the Text of another operation: ${show(shown)}`;
    subject.note([{ clause: 'monitor.own-outputs', reason }], 'at its end');
  }
}

function isUndelivered({ callback, received }: Subject['combination']): boolean {
  return callback !== undefined && !received;
}

/** The operations whose rows are read over the organization service too: some of each kind are enough. */
function serviceShare(ended: readonly Subject[]): readonly Subject[] {
  const kinds = new Set(oneOfEachEnd(ended));
  return ended.filter((subject, index) => kinds.has(subject) || index % 5 === 0 || isLong(subject));
}

/** Whether the message of its error is longer than many a column. */
function isLong({ atRest }: Subject): boolean {
  return String(atRest?.[members.errorMessage] ?? '').length > longMessage;
}

/** One of the operations for each way in which they ended, and by whatever led to it. */
function oneOfEachEnd(subjects: readonly Subject[]): readonly Subject[] {
  const kinds = Map.groupBy(
    subjects,
    ({ end, canceled, operation, combination }) =>
      `${end?.status} ${canceled} ${operation.attempts.length > 1} ${isUndelivered(combination)}`,
  );
  return [...kinds.values()].flatMap(([first]) => first ?? []);
}

/** Holds the callbacks of an operation against what it shows. */
function noteNotices({ target }: Tools, subject: Subject, now: number): void {
  const { end, combination, atRest, missingOnArrival } = subject;
  if (end === undefined) return;
  const story = subject.story(now);
  const late = combination.slow === true && target.config.target.kind !== 'simulator';
  subject.note(callbackMismatches(story, end, combination.received, atRest, late), 'at its end');
  const value = story.attempts.at(-1)?.outputs[missingOnArrival ?? ''];
  // An output that never stands there is the monitor's own matter.
  if (missingOnArrival !== undefined && sameValue(missingOnArrival, value, atRest?.[missingOnArrival]))
    subject.note(
      [{ clause: 'callback.location', reason: `the monitor did not show ${missingOnArrival} yet` }],
      'on the arrival of its callback',
    );
}

/** A callback must not tell of an operation that asked for none, to whomever it goes. */
function noteUnasked(subjects: readonly Subject[]): void {
  const byId = new Map(subjects.map((subject) => [subject.operation.id, subject]));
  for (const { operation } of subjects)
    for (const { body } of operation.callbacks) {
      const payload = parseJson(body);
      const id = isObject(payload) ? String(payload[members.id]).toLowerCase() : '';
      const told = id === operation.id ? undefined : byId.get(id);
      if (told === undefined || told.operation.parts.callbackUrl !== undefined) continue;
      const reason = 'a callback told of it, though it asked for none, to the address that another one gave';
      told.note([{ clause: 'callback.only-on-request', reason }], 'at its end');
    }
}

/** Holds the attempts against the contract; what is broken for one cancellation says nothing of a second one. */
function noteLives(subjects: readonly Subject[], now: number): void {
  const lives = subjects.map((subject) => ({ subject, found: lifeMismatches(subject.story(now)) }));
  const once = lives.some(({ found }) => found.some(({ clause }) => canceledOnce.has(clause)));
  for (const { subject, found } of lives)
    subject.note(once ? found.filter(({ clause }) => clause !== 'cancel.twice') : found, 'at its end');
}

const canceledOnce: ReadonlySet<string> = new Set([
  'cancel.before-start-never-executes',
  'cancel.no-retry',
  'cancel.no-retry-while-waiting',
]);

/** Holds the events against the contract; where they come only with, or only without a callback, that is its own clause. */
function noteEvents(
  { events, target }: Tools,
  subjects: readonly Subject[],
  { name }: Named,
  now: number,
): void {
  const facts = { name, targetUrl: target.url };
  const seen = subjects.flatMap((subject) => {
    const { end } = subject;
    const found = events.of(subject.operation.id);
    return end === undefined ? [] : [{ subject, end, found }];
  });
  const asked = ({ subject }: (typeof seen)[number]): boolean =>
    subject.operation.parts.callbackUrl !== undefined;
  const come = (some: typeof seen): boolean =>
    some.length >= fewest && some.every(({ found }) => found.length > 0);
  const never = (some: typeof seen): boolean =>
    some.length >= fewest && some.every(({ found }) => found.length === 0);
  const received = ({ subject }: (typeof seen)[number]): boolean => subject.combination.received;
  const alike = (one: (typeof seen)[number], other: (typeof seen)[number]): boolean =>
    one.end.status === other.end.status &&
    one.subject.canceled === other.subject.canceled &&
    (one.subject.canceled === undefined || one.subject.combination.way === other.subject.combination.way);
  // Whether it comes depends on the callback where it comes of none of one sort, and of all of the other.
  const depends = (one: (typeof seen)[number]): boolean => {
    const peers = seen.filter((other) => alike(one, other));
    const same = peers.filter((other) => asked(other) === asked(one) && received(other) === received(one));
    return never(same) && come(peers.filter((other) => asked(other) !== asked(one)));
  };
  for (const each of seen) {
    const { subject, end, found } = each;
    if (found.length === 0 && depends(each))
      subject.note([{ clause: 'event.independent-of-callback', reason: 'no event came' }], 'at its end');
    else subject.note(eventMismatches(subject.story(now), end, found, facts), 'at its end');
  }
}
