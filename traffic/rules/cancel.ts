import { pairs, terminalMessage } from '../../contract/vocabulary.ts';
import { headerIn } from '../exchange.ts';
import type { Happening, HappeningOf } from '../happening.ts';
import { resourceOf } from '../resource.ts';
import { instance, type Instance, type Rule, type Rules } from '../rule.ts';
import type { TrafficOperation } from '../traffic.ts';
import { duration } from '../words.ts';
import { isTerminal, patienceMs } from './poll.ts';

type Cancellation = HappeningOf<'cancellation'>;

function cancellationsIn({ happenings }: Parameters<Rule>[0]): Cancellation[] {
  return happenings.filter((one) => one.kind === 'cancellation');
}

/** PATCHes of rows that change the codes. */
function patches(traffic: Parameters<Rule>[0]): Cancellation[] {
  return cancellationsIn(traffic).filter(
    ({ way, codes }) => (way === 'patch' || way === 'update') && codes !== undefined,
  );
}

/** Whether a cancellation was refused because the operation had ended. */
function refusedAtEnd({ exchange: { answer } }: Cancellation): boolean {
  return (
    answer !== undefined &&
    answer.status >= 400 &&
    (answer.status === 409 || answer.body?.includes(terminalMessage) === true)
  );
}

/** Whether a cancellation was accepted. */
function isAccepted({ exchange: { answer } }: Cancellation): boolean {
  return answer !== undefined && answer.status >= 200 && answer.status < 300;
}

const { state, status } = pairs.canceling;

/** Calls of a message on the row that is to cancel, which Dataverse does not have. */
function inventedMessages({ happenings }: Parameters<Rule>[0]): Instance[] {
  return happenings.flatMap((one) => {
    const { exchange, kind } = one;
    const resource = resourceOf(exchange.url);
    if (kind !== 'other' || resource.kind !== 'row' || !/cancel/i.test(resource.property ?? '')) return [];
    const breach = `expected DELETE of the monitor or PATCH of the row, got ${exchange.method} of ${resource.property ?? ''}`;
    return [instance([exchange], breach, resource.id)];
  });
}

const again: Rule = ({ operations }) =>
  operations.flatMap((operation) => {
    const theirs = operation.happenings.filter((one) => one.kind === 'cancellation');
    const refused = theirs.findIndex(refusedAtEnd);
    if (refused < 0) return [];
    const after = theirs.slice(refused);
    return [
      instance(
        after.map(({ exchange }) => exchange),
        after.length > 1 &&
          'the cancellation had been refused because the operation had ended, and was sent again',
        operation.id,
      ),
    ];
  });

/** Milliseconds within which a cancellation and what is told of the end may cross. */
const crossingMs = 10_000;

/** The delivery that told of the end whoever cancels: the one who submitted, and took what was told. */
function toldOfEnd(
  { happenings, submission }: TrafficOperation,
  { exchange }: Cancellation,
): Happening | undefined {
  const { credential } = submission?.exchange ?? {};
  if (credential?.key === undefined || credential.key !== exchange.credential?.key) return undefined;
  return happenings.find(
    (one) =>
      one.kind === 'callback' &&
      one.shown?.state === 3 &&
      Math.floor((one.exchange.answer?.status ?? 0) / 100) === 2 &&
      one.exchange.to + crossingMs < exchange.from,
  );
}

const afterEnd: Rule = ({ operations }) =>
  operations.flatMap((operation) => {
    return operation.happenings
      .filter((one) => one.kind === 'cancellation')
      .map((one): Instance => {
        const before = operation.happenings.slice(0, operation.happenings.indexOf(one));
        const seen = before.find(
          (each) => each.kind === 'read' && isTerminal(each) && one.exchange.from >= each.exchange.to,
        );
        const end = seen ?? toldOfEnd(operation, one);
        const shown = end === undefined ? [one.exchange] : [end.exchange, one.exchange];
        return instance(
          shown,
          end !== undefined && 'the operation had shown a terminal state before it was canceled',
          operation.id,
        );
      });
  });

const followsUp: Rule = ({ operations, endsAt }) =>
  operations.flatMap((operation) => {
    const { happenings } = operation;
    const last = happenings
      .filter((one) => one.kind === 'cancellation')
      .filter((one) => one.way !== 'delete-row' && isAccepted(one))
      .at(-1);
    if (last === undefined) return [];
    const looked = happenings
      .slice(happenings.indexOf(last) + 1)
      .find(({ kind }) => ['read', 'callback', 'event'].includes(kind));
    const left = endsAt - last.exchange.to;
    if (looked === undefined && left < patienceMs) return [];
    return [
      instance(
        looked === undefined ? [last.exchange] : [last.exchange, looked.exchange],
        looked === undefined &&
          `the cancellation was accepted, and the client did not look again in the ${duration(left)} that the record goes on`,
        operation.id,
      ),
    ];
  });

/** Rules of the section client-cancel. */
export const cancelRules: Rules = {
  'client-cancel.if-match': (traffic) =>
    patches(traffic)
      .filter(({ way }) => way === 'patch')
      .map(({ exchange, id }) =>
        instance(
          [exchange],
          (headerIn(exchange.request, 'if-match') ?? '').trim() === '' &&
            'the PATCH that cancels has no If-Match',
          id,
        ),
      ),
  'client-cancel.both-codes': (traffic) =>
    patches(traffic).map(({ exchange, id, codes }) =>
      instance(
        [exchange],
        (codes?.state !== state || codes.status !== status) &&
          `expected state ${state} with status ${status}, got ${String(codes?.state ?? 'no state')} with ${String(codes?.status ?? 'no status')}`,
        id,
      ),
    ),
  'client-cancel.documented-ways': (traffic) => [
    ...inventedMessages(traffic),
    ...cancellationsIn(traffic).map(({ exchange, id, way }) =>
      instance(
        [exchange],
        (way === 'delete-row' && 'the row was deleted') ||
          (way === 'put' && 'the row was replaced by PUT') ||
          (way === 'patch' &&
            exchange.method === 'POST' &&
            'expected PATCH of the row, got POST with another method in a header, which no documentation promises'),
        id,
      ),
    ),
  ],
  'client-cancel.not-after-refusal': again,
  'client-cancel.not-after-end': afterEnd,
  'client-cancel.follows-up': followsUp,
};
