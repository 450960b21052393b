import type { TrafficExchange } from '../exchange.ts';
import type { Happening } from '../happening.ts';
import { instance, type Rule, type Rules } from '../rule.ts';
import { duration } from '../words.ts';
import { patienceMs } from './poll.ts';

type Answered = TrafficExchange & { readonly answer: NonNullable<TrafficExchange['answer']> };

/** A rule about the answer that a receiver gave. */
function ofAnswers(
  kinds: readonly Happening['kind'][],
  judge: (status: number, exchange: Answered) => string | false,
): Rule {
  return ({ happenings }) =>
    happenings.flatMap((one) => {
      const { exchange, kind } = one;
      if (!kinds.includes(kind) || exchange.answer === undefined || !('id' in one)) return [];
      return [instance([exchange], judge(exchange.answer.status, exchange as Answered), one.id)];
    });
}

/** Seconds that a sender waits. */
const limitMs = 60_000;

const readsResult: Rule = ({ operations, endsAt }) =>
  operations.flatMap(({ id, happenings, submission }) => {
    // Who did not submit here may read elsewhere, and who has given up wants no result.
    if (submission === undefined || happenings.some(({ kind }) => kind === 'cancellation')) return [];
    const told = happenings.find((one) => one.kind === 'callback' && one.shown?.status === 30);
    if (told === undefined) return [];
    const read = happenings.find(
      (one) =>
        one.kind === 'read' &&
        one.exchange.to >= told.exchange.from &&
        (one.shown?.state === 3 || one.shown === undefined),
    );
    const left = endsAt - told.exchange.to;
    if (read === undefined && left < patienceMs) return [];
    return [
      instance(
        read === undefined ? [told.exchange] : [told.exchange, read.exchange],
        read === undefined &&
          `the callback told of success, and nothing was read in the ${duration(left)} that the record goes on`,
        id,
      ),
    ];
  });

/** Rules of the section client-notify. */
export const notifyRules: Rules = {
  'client-notify.reads-result': readsResult,
  'client-notify.url-is-enough': ofAnswers(
    ['callback'],
    (status) =>
      (status === 401 || status === 403) &&
      `the receiver answered ${status}: what it asks for cannot be sent, the URL has to be enough`,
  ),
  // 401, 403 and 405 are matters of clauses of their own.
  'client-notify.answers': ofAnswers(
    ['callback', 'event'],
    (status) =>
      (status < 200 || status > 299) &&
      ![401, 403, 405, 415].includes(status) &&
      `expected an answer of 2xx, got ${status}`,
  ),
  'client-notify.in-time': ofAnswers(['callback', 'event'], (_status, { from, to }) => {
    const took = to - from;
    return took > limitMs && `expected an answer within 60 s, got one after ${duration(took)}`;
  }),
  'client-notify.takes-post': ofAnswers(
    ['callback'],
    (status) => (status === 405 || status === 415) && `the receiver answered a POST with JSON by ${status}`,
  ),
};
