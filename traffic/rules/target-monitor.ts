import type { ClauseId } from '../../contract/clauses.ts';
import { members } from '../../contract/vocabulary.ts';
import { hasWholeBody, headerIn, objectIn } from '../exchange.ts';
import type { HappeningOf } from '../happening.ts';
import { judgedLife } from '../history.ts';
import { instance, type Instance, type Rule, type Rules } from '../rule.ts';
import type { Traffic } from '../traffic.ts';
import { isTerminal } from './poll.ts';
import { readsOf } from './reads.ts';

type Read = HappeningOf<'read'>;

function readsIn({ happenings }: Traffic): Read[] {
  return happenings.filter((one) => one.kind === 'read');
}

/** A rule about the body of each monitor that was answered 200; of one that the record does not have nothing is said. */
function ofMonitor(judge: (body: Record<string, unknown>, read: Read) => string | false | undefined): Rule {
  return (traffic) =>
    readsIn(traffic).flatMap((read) => {
      const { resource, exchange, id } = read;
      if (resource !== 'monitor' || exchange.answer?.status !== 200) return [];
      if (!hasWholeBody(exchange.answer)) return [];
      const breach = judge(objectIn(exchange.answer.body) ?? {}, read);
      return breach === undefined ? [] : [instance([exchange], breach, id)];
    });
}

const pairsKnown = new Set(['0,0', '2,20', '2,22', '3,30', '3,31', '3,32']);

const knownPairs: Rule = ({ happenings }) =>
  happenings.flatMap((one): Instance[] => {
    if (!('shown' in one) || one.shown === undefined) return [];
    const { state, status } = one.shown;
    const known = pairsKnown.has(`${state},${status}`);
    return [
      instance(
        [one.exchange],
        !known && `got (${state},${status}), which is no pair of the documentation`,
        one.id,
      ),
    ];
  });

const final: Rule = ({ operations }) =>
  operations.flatMap((operation) => {
    const reads = readsOf(operation);
    const end = reads.find(isTerminal);
    if (end?.shown === undefined) return [];
    const { state, status } = end.shown;
    return reads
      .filter(
        ({ exchange, shown }) =>
          shown !== undefined && exchange.from >= end.exchange.to && exchange !== end.exchange,
      )
      .map(({ exchange, shown }) =>
        instance(
          [end.exchange, exchange],
          (shown?.state !== state || shown.status !== status) &&
            `(${state},${status}) was shown, and later (${shown?.state},${shown?.status})`,
          operation.id,
        ),
      );
  });

const legalHistory: Rule = ({ operations }) =>
  operations.flatMap((operation): Instance[] => {
    const life = judgedLife(operation);
    if (life === undefined) return [];
    const { judgement, exchanges } = life;
    if (judgement.legal) return [instance([], undefined, operation.id)];
    const shown = judgement.part.flatMap((one) => exchanges.get(one) ?? []);
    return [instance(shown, judgement.reason, operation.id)];
  });

/** Clauses about states and the monitor that traffic shows by itself. */
export const targetMonitorRules: Rules<ClauseId> = {
  'monitor.json': (traffic) =>
    readsIn(traffic).flatMap(({ resource, exchange, id }) => {
      const { answer } = exchange;
      // An answer without any field is one of which the tool kept none.
      if (resource !== 'monitor' || answer?.status !== 200 || answer.headers.length === 0) return [];
      const type = headerIn(answer, 'content-type');
      const isJson = /^application\/json\b/i.test(type ?? '');
      const breach = !isJson && `expected application/json, got ${type ?? 'no Content-Type'}`;
      return [instance([exchange], breach, id)];
    }),
  'monitor.codes': ofMonitor((body) => {
    const [state, status] = [body[members.state], body[members.status]];
    return (
      !(Number.isInteger(state) && Number.isInteger(status)) &&
      `expected two integers, got ${JSON.stringify(state) ?? 'nothing'} and ${JSON.stringify(status) ?? 'nothing'}`
    );
  }),
  'monitor.no-odata': ofMonitor((body) => {
    const name = Object.keys(body).find((one) => one.startsWith('@odata.'));
    return name !== undefined && `the monitor has ${name}`;
  }),
  'monitor.no-labels': ofMonitor((body) => {
    const name = Object.keys(body).find((one) => one.includes('FormattedValue'));
    return name !== undefined && `the monitor has ${name}`;
  }),
  'monitor.error-on-failure': ofMonitor((body, { shown }) =>
    shown?.status === 31
      ? !(Number.isInteger(body[members.errorCode]) && typeof body[members.errorMessage] === 'string') &&
        'a failed operation has no error code and message'
      : undefined,
  ),
  'monitor.outputs-only-on-success': ofMonitor((_body, { shown }) =>
    shown === undefined || shown.status === 30
      ? undefined
      : shown.outputs === true && `outputs are shown with (${shown.state},${shown.status})`,
  ),
  'state.known-pairs': knownPairs,
  'state.terminal-is-final': final,
  'state.legal-history': legalHistory,
};
