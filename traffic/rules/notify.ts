import type { TrafficExchange } from '../exchange.ts';
import type { Happening } from '../happening.ts';
import { instance, type Rule, type Rules } from '../rule.ts';
import { duration } from '../words.ts';
import { patienceMs } from './poll.ts';

/** What came of a delivery: the receiver's answer, or why there is none. */
interface Outcome {
  /** 0 where no answer came. */
  readonly status: number;
  readonly body: string;
  readonly tookMs: number;
  readonly unanswered: string;
}

/** A rule about what came of deliveries. */
function ofDeliveries(
  kinds: readonly Happening['kind'][],
  judge: (outcome: Outcome) => string | false,
): Rule {
  return ({ happenings }) =>
    happenings.flatMap((one) => {
      const { exchange, kind } = one;
      if (!kinds.includes(kind) || !('id' in one)) return [];
      const outcome = outcomeOf(exchange);
      return outcome === undefined ? [] : [instance([exchange], judge(outcome), one.id)];
    });
}

/** Undefined where the record does not tell whether an answer came. */
function outcomeOf({ answer, unanswered, from, to }: TrafficExchange): Outcome | undefined {
  const tookMs = to - from;
  if (answer !== undefined) return { status: answer.status, body: answer.body ?? '', tookMs, unanswered: '' };
  // Whose answer was not recorded may have answered until the very end.
  if (unanswered === undefined && tookMs < limitMs) return undefined;
  return { status: 0, body: '', tookMs, unanswered: unanswered ?? 'no answer is recorded' };
}

/** Milliseconds that a sender waits. */
const limitMs = 60_000;

/** A sender that got no answer in so many milliseconds gave up; before, the receiver hung up. */
const gaveUpMs = 50_000;

/** That a header is missing, with the words around, which may name it. */
const missingHeader =
  /\b(?:missing|requires?|required|without|expected|no)\b[^.\n]{0,40}\bheader\b[^.\n]{0,20}|[^.\n]{0,20}\bheader\b[^.\n]{0,60}\b(?:missing|required|not (?:found|present|provided|set))\b/i;

/** Headers that every sender of JSON has, and those of tables: who misses one of them wants nothing that cannot be sent. */
const usualHeader =
  /\b(?:content-(?:type|length|encoding)|transfer-encoding|host|user-agent|accept|csv|column|row|table)\b/i;

/** Whether a receiver refuses since something is missing that only a header can have. */
function wantsHeader({ status, body }: Outcome): boolean {
  if (status === 401 || status === 403) return true;
  const said = status === 400 ? missingHeader.exec(body)?.[0] : undefined;
  return said !== undefined && !usualHeader.test(said);
}

/** Whether a receiver does not take a POST with JSON: by its status, or by what it says with a general one. */
function refusesPost({ status, body }: Outcome): boolean {
  if (status === 404) return /\b(?:cannot|route)\s+POST\b/i.test(body);
  if (status === 400 || status === 422)
    return /\bform-urlencoded\b|\bunsupported (?:content|media)[- ]?type\b/i.test(body);
  return [405, 415, 501].includes(status);
}

function wasLate({ status, tookMs }: Outcome): boolean {
  return tookMs > limitMs || (status === 0 && tookMs >= gaveUpMs);
}

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
  'client-notify.url-is-enough': ofDeliveries(
    ['callback'],
    (outcome) =>
      wantsHeader(outcome) &&
      !refusesPost(outcome) &&
      `the receiver answered ${outcome.status}: what it asks for cannot be sent, the URL has to be enough`,
  ),
  // What is a matter of another clause of this section is left to that.
  'client-notify.answers': ofDeliveries(['callback', 'event'], (outcome) => {
    const { status, unanswered } = outcome;
    if (status === 0) return !wasLate(outcome) && `expected an answer of 2xx, got none: ${unanswered}`;
    const elsewhere = wantsHeader(outcome) || refusesPost(outcome);
    return (status < 200 || status > 299) && !elsewhere && `expected an answer of 2xx, got ${status}`;
  }),
  'client-notify.in-time': ofDeliveries(['callback', 'event'], (outcome) => {
    const { status, tookMs } = outcome;
    const got =
      status === 0
        ? `none within ${duration(tookMs)}, when the sender gave up`
        : `one after ${duration(tookMs)}`;
    return wasLate(outcome) && `expected an answer within 60 s, got ${got}`;
  }),
  'client-notify.takes-post': ofDeliveries(
    ['callback'],
    (outcome) => refusesPost(outcome) && `the receiver answered a POST with JSON by ${outcome.status}`,
  ),
};
