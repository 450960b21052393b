import type { ClauseId } from '../../contract/clauses.ts';
import { credentialHeaders, members, terminalMessage } from '../../contract/vocabulary.ts';
import { hasWholeBody, headerIn, objectIn } from '../exchange.ts';
import type { HappeningOf } from '../happening.ts';
import { resourceOf } from '../resource.ts';
import { filesWithCredentials, requestsIn } from './access.ts';
import { instance, type Rule, type Rules } from '../rule.ts';
import { isTerminal } from './poll.ts';
import { readsOf } from './reads.ts';

type Callback = HappeningOf<'callback'>;

/** A rule about each callback. */
function ofCallback(judge: (body: Record<string, unknown>, one: Callback) => string | false): Rule {
  return ({ happenings }) =>
    happenings
      .filter((one) => one.kind === 'callback')
      .map((one) => instance([one.exchange], judge(objectIn(one.exchange.request.body) ?? {}, one), one.id));
}

const documented: ReadonlySet<string> = new Set(Object.values(members));

const codes: Rule = ({ operations }) =>
  operations.flatMap((operation) => {
    const end = readsOf(operation).find(isTerminal);
    return operation.happenings
      .filter((one) => one.kind === 'callback')
      .map(({ exchange, shown }) => {
        const breach =
          shown === undefined
            ? 'the callback has no integer codes'
            : end?.shown !== undefined &&
              (end.shown.state !== shown.state || end.shown.status !== shown.status) &&
              `the callback has (${shown.state},${shown.status}), the monitor (${end.shown.state},${end.shown.status})`;
        return instance(end === undefined ? [exchange] : [exchange, end.exchange], breach, operation.id);
      });
  });

const once: Rule = ({ operations }) =>
  operations.flatMap(({ id, happenings }) => {
    const callbacks = happenings.filter((one) => one.kind === 'callback').map(({ exchange }) => exchange);
    if (callbacks.length === 0) return [];
    const taken = callbacks.findIndex(
      ({ answer }) => answer !== undefined && answer.status >= 200 && answer.status < 300,
    );
    return [
      instance(
        callbacks,
        taken >= 0 &&
          callbacks.length > taken + 1 &&
          `${callbacks.length} callbacks came, although one was answered 2xx`,
        id,
      ),
    ];
  });

const onlyOnRequest: Rule = ({ operations }) =>
  operations.flatMap(({ id, happenings, submission }) =>
    submission === undefined
      ? []
      : happenings
          .filter((one) => one.kind === 'callback')
          .map(({ exchange }) =>
            instance(
              [submission.exchange, exchange],
              submission.callbackUrl === undefined && 'a callback came that nobody asked for',
              id,
            ),
          ),
  );

const deleteAnswer: Rule = ({ happenings }) =>
  happenings
    .filter((one) => one.kind === 'cancellation')
    .filter(
      ({ way, exchange: { answer } }) => way === 'delete' && answer?.status === 200 && hasWholeBody(answer),
    )
    .map(({ exchange, id }) => {
      const body = objectIn(exchange.answer?.body);
      const right = body?.[members.state] === 2 && body[members.status] === 22;
      return instance(
        [exchange],
        !right && `expected state 2 and status 22, got ${exchange.answer?.body ?? 'no body'}`,
        id,
      );
    });

/** Cancellations of operations that had shown their end. */
function lateCancellations(
  way: 'delete' | 'patch' | undefined,
  judge: (status: number, body: string) => string | false,
  readsBody = false,
): Rule {
  return ({ operations }) =>
    operations.flatMap((operation) => {
      const end = readsOf(operation).find(isTerminal);
      if (end === undefined) return [];
      return operation.happenings
        .filter((one) => one.kind === 'cancellation')
        .filter((one) => (way === undefined ? one.way === 'delete' || one.way === 'patch' : one.way === way))
        .filter(({ exchange }) => exchange.from >= end.exchange.to && exchange.answer !== undefined)
        .filter(({ exchange: { answer } }) => !readsBody || (answer !== undefined && hasWholeBody(answer)))
        .map(({ exchange }) =>
          instance(
            [end.exchange, exchange],
            judge(exchange.answer?.status ?? 0, exchange.answer?.body ?? ''),
            operation.id,
          ),
        );
    });
}

const refused = (status: number) => status < 300 && `expected a refusal, got ${status}`;

const monitorAuthenticated: Rule = (traffic) => {
  const recorded = filesWithCredentials(requestsIn(traffic));
  return traffic.happenings.flatMap((one) => {
    const { exchange } = one;
    if (
      one.kind !== 'read' ||
      one.resource !== 'monitor' ||
      exchange.credential !== undefined ||
      exchange.answer === undefined ||
      !recorded.has(exchange.file)
    )
      return [];
    const { status } = exchange.answer;
    return [instance([exchange], status < 400 && `a GET without credentials was answered ${status}`, one.id)];
  });
};

/** Clauses about callbacks, cancellations and access that traffic shows by itself. */
export const targetEndRules: Rules<ClauseId> = {
  'callback.post': ({ operations }) =>
    operations.flatMap(({ id, happenings }) =>
      happenings
        .filter((one) => one.kind === 'callback')
        .map(({ exchange }) => instance([exchange], undefined, id)),
    ),
  'callback.location': ofCallback((body, { id }) => {
    const location = resourceOf(
      typeof body[members.location] === 'string' ? (body[members.location] as string) : '',
    );
    return (
      (location.kind !== 'monitor' || location.id !== id) &&
      `expected the monitor of ${id}, got ${String(body[members.location])}`
    );
  }),
  'callback.codes': codes,
  'callback.only-documented-members': ofCallback((body) => {
    const other = Object.keys(body).find((name) => !documented.has(name));
    return other !== undefined && `the callback has ${other}`;
  }),
  'callback.no-credentials': ofCallback((_body, { exchange }) => {
    const found = credentialHeaders.find((name) => headerIn(exchange.request, name) !== undefined);
    return found !== undefined && `the callback carries ${found}`;
  }),
  'callback.error-on-failure': ({ happenings }) =>
    happenings
      .filter((one) => one.kind === 'callback')
      .filter(({ shown }) => shown?.status === 31)
      .map(({ exchange, shown, id }) =>
        instance([exchange], shown?.error !== true && 'the callback of a failure has no error', id),
      ),
  'callback.once': once,
  'callback.only-on-request': onlyOnRequest,
  'cancel.delete-answer': deleteAnswer,
  'cancel.terminal-refused-delete': lateCancellations('delete', refused),
  'cancel.terminal-refused-patch': lateCancellations('patch', refused),
  'cancel.terminal-message': lateCancellations(
    undefined,
    (status, body) =>
      status >= 400 &&
      status < 500 &&
      status !== 401 &&
      status !== 404 &&
      status !== 429 &&
      !body.includes(terminalMessage) &&
      `expected "${terminalMessage}" in the body of the ${status}`,
    true,
  ),
  'access.monitor-authenticated': monitorAuthenticated,
};
