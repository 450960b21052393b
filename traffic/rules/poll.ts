import { members, table } from '../../contract/vocabulary.ts';
import { headerIn, objectIn } from '../exchange.ts';
import { resourceOf, safelyDecoded } from '../resource.ts';
import { instance, type Instance, type Rule, type Rules } from '../rule.ts';
import type { Traffic, TrafficOperation } from '../traffic.ts';
import { duration } from '../words.ts';
import { readsByClient, readsOf, type Read } from './reads.ts';

/** The shortest time between two polls that is no hurry: a minute, less what a timer may be early. */
const minuteMs = 59_500;

/** How much longer two moments may be apart than a record says that has whole seconds. */
export function roundedMs(...moments: readonly number[]): number {
  return moments.every((moment) => moment % 1000 === 0) ? 1_000 : 0;
}

/** How long a record must go on before nothing more is expected of a client. */
export const patienceMs = 600_000;

/** Whether a read shows that the operation has ended. */
export function isTerminal({ shown }: Read): boolean {
  return shown?.state === 3;
}

/** Whether a read is a part of a list, which is read for the sake of others as well. */
function inList({ exchange }: Read): boolean {
  return resourceOf(exchange.url).kind === 'rows';
}

/** Whether a list is one for the sake of a single operation. */
function isOfOne({ exchange }: Read): boolean {
  return (
    /\bbackgroundoperationid\s+eq\s/i.test(safelyDecoded(exchange.url).replaceAll('+', ' ')) ||
    /<condition\s[^>]*attribute\s*=\s*["']backgroundoperationid["']/i.test(fetchXmlIn(exchange.url) ?? '')
  );
}

/** The FetchXML of an address; undefined where it has none. */
function fetchXmlIn(url: string): string | undefined {
  const found = /[?&]fetchxml=([^&#]*)/i.exec(url)?.[1];
  return found === undefined ? undefined : safelyDecoded(found.replaceAll('+', ' '));
}

/** Whether two reads are of one request: a page, or parts of one batch. */
function isSameRequest({ exchange: one }: Read, { exchange: other }: Read): boolean {
  return one === other || (one.batch !== undefined && one.batch === other.batch);
}

function eachOperation(judge: (operation: TrafficOperation) => Instance[]): Rule {
  return ({ operations }) => operations.flatMap(judge);
}

const interval: Rule = (traffic) =>
  readsByClient(traffic).flatMap(({ operation, reads }) => hurries(operation, reads));

function hurries(operation: TrafficOperation, reads: readonly Read[]): Instance[] {
  return reads.slice(1).flatMap((read, index) => {
    const before = reads[index];
    // Without its body nobody knows whether the answer showed the end.
    if (before !== undefined && isBodyMissing(before)) return [];
    const waited = read.exchange.from - (before?.exchange.from ?? 0);
    // What was told meanwhile is read at once, and so are the result after the end has shown and what a
    // cancellation came to.
    const told = operation.happenings.some(
      (one) =>
        (one.kind === 'callback' || one.kind === 'event' || one.kind === 'cancellation') &&
        one.exchange.to >= (before?.exchange.from ?? 0) &&
        one.exchange.from <= read.exchange.to,
    );
    const free = told || before === undefined || isTerminal(before) || before.shown === undefined;
    const tooSoon = !free && waited + roundedMs(before.exchange.from, read.exchange.from) < minuteMs;
    return [
      instance(
        before === undefined ? [read.exchange] : [before.exchange, read.exchange],
        tooSoon &&
          !isSameRequest(before, read) &&
          `expected a minute between two polls, got ${duration(waited)}`,
        operation.id,
      ),
    ];
  });
}

/** Whether the body of a good answer was not recorded. */
function isBodyMissing({ shown, exchange: { answer } }: Read): boolean {
  return shown === undefined && answer?.status === 200 && answer.body === undefined;
}

const stops: Rule = (traffic) =>
  readsByClient(traffic).flatMap(({ operation, reads }) => readsOn(operation, reads));

function readsOn(operation: TrafficOperation, reads: readonly Read[]): Instance[] {
  return (['monitor', 'row'] as const).flatMap((resource) => {
    const theirs = reads.filter((read) => read.resource === resource && (!inList(read) || isOfOne(read)));
    const end = theirs.findIndex(isTerminal);
    const terminal = theirs[end];
    if (terminal === undefined) return [];
    const told = operation.happenings.filter(
      (one) => (one.kind === 'callback' || one.kind === 'event') && one.exchange.to >= terminal.exchange.from,
    ).length;
    const after = theirs.slice(end + 1);
    const shown = [terminal, ...after].map(({ exchange }) => exchange);
    const times = after.length === 1 ? 'once more' : `${after.length} times more`;
    return [
      instance(
        shown,
        after.length > told && `the ${resource} had shown a terminal state, and was read ${times}`,
        operation.id,
      ),
    ];
  });
}

/** Whether a submission asked to be told of the end. */
function isTold({ submission, happenings }: TrafficOperation): boolean {
  return (
    submission?.callbackUrl !== undefined ||
    happenings.some(({ kind }) => kind === 'callback' || kind === 'event')
  );
}

const untilTerminal: Rule = ({ operations, endsAt }) =>
  operations.flatMap((operation) => {
    const last = readsOf(operation).at(-1);
    if (last === undefined || isTold(operation)) return [];
    // Who canceled afterwards and looked no more is told so by a clause of its own.
    const canceled = operation.happenings.findLast(({ kind }) => kind === 'cancellation');
    if (canceled !== undefined && canceled.exchange.from >= last.exchange.to) return [];
    if (last.exchange.answer?.status === 404 || isTerminal(last))
      return [instance([last.exchange], undefined, operation.id)];
    if (last.shown === undefined || endsAt - last.exchange.to < patienceMs) return [];
    const { state, status } = last.shown;
    return [
      instance(
        [last.exchange],
        `the client stopped at (${state},${status}), which is no end; the record goes on for ${duration(endsAt - last.exchange.to)}`,
        operation.id,
      ),
    ];
  });

const gone = eachOperation((operation) => {
  const reads = readsOf(operation).filter(({ resource }) => resource === 'monitor');
  const first = reads.findIndex(({ exchange }) => exchange.answer?.status === 404);
  if (first < 0) return [];
  const after = reads.slice(first);
  return [
    instance(
      after.map(({ exchange }) => exchange),
      after.length > 2 && `the monitor answered 404, and was read ${after.length - 1} times more`,
      operation.id,
    ),
  ];
});

const wanted = ['name', table.state, table.status, 'outputparameters', 'errorcode', 'errormessage'];

const columns: Rule = ({ operations }) => {
  const rows = operations.flatMap((operation) =>
    readsOf(operation)
      .filter((read) => read.resource === 'row' && read.way === 'web-api' && (!inList(read) || isOfOne(read)))
      .map((read) => ({ read, operation })),
  );
  return rows.map(({ read, operation }) => {
    return instance([read.exchange], columnsProblem(read.exchange.url), operation.id);
  });
};

/** What speaks against the columns that an address asks for, by `$select` or by FetchXML. */
function columnsProblem(url: string): string | false {
  const plain = safelyDecoded(url.replaceAll('+', ' '));
  const resource = resourceOf(url);
  if (resource.kind === 'row' && resource.property !== undefined)
    return `expected $select with the six columns, got the path to ${resource.property} alone`;
  const fetchXml = fetchXmlIn(url);
  const select = /(?:^|[?&])\$select=([^&#]*)/i.exec(plain)?.[1];
  if (fetchXml === undefined && select === undefined)
    return 'expected $select with the six columns, got no $select';
  const chosen =
    fetchXml === undefined
      ? (select ?? '').split(',').map((name) => name.trim().toLowerCase())
      : [...fetchXml.matchAll(/<attribute\s[^>]*name\s*=\s*["']([^"']*)/gi)].map(([, name]) => name);
  const missing = wanted.filter((name) => !chosen.includes(name));
  const where = fetchXml === undefined ? '$select' : 'the attributes of the FetchXML';
  return missing.length > 0 && `expected the six columns in ${where}, got none of ${missing.join(', ')}`;
}

/** Every address of a monitor outside of the documentation that an answer or a delivery names. */
function givenAddresses({ happenings }: Traffic): ReadonlySet<string> {
  return new Set(
    happenings.flatMap((one): string[] => {
      const { answer, request } = one.exchange;
      if (one.kind === 'submission') return answer === undefined ? [] : [headerIn(answer, 'location') ?? ''];
      const told = one.kind === 'callback' ? objectIn(request.body)?.[members.location] : undefined;
      return typeof told === 'string' ? [told] : [];
    }),
  );
}

/** Rules of the section client-poll about one operation and its monitor. */
export const pollRules: Rules = {
  'client-poll.interval': interval,
  'client-poll.stops': stops,
  'client-poll.until-terminal': untilTerminal,
  'client-poll.gone': gone,
  'client-poll.columns': columns,
  'client-poll.documented-address': (traffic) => {
    // Who follows an address that the target gave is not answerable for it.
    const given = givenAddresses(traffic);
    return traffic.happenings.flatMap(({ exchange }) => {
      const resource = resourceOf(exchange.url);
      if (resource.kind !== 'monitor') return [];
      const path = exchange.url.replace(/^https?:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
      return [
        instance(
          [exchange],
          !resource.documented &&
            !given.has(exchange.url) &&
            `expected /api/backgroundoperation/{id}, got ${path}`,
          resource.id,
        ),
      ];
    });
  },
  'client-poll.monitor-methods': ({ happenings }) =>
    happenings.flatMap(({ exchange }) => {
      const resource = resourceOf(exchange.url);
      if (resource.kind !== 'monitor' || exchange.method === 'OPTIONS') return [];
      const known = exchange.method === 'GET' || exchange.method === 'DELETE';
      return [instance([exchange], !known && `expected GET or DELETE, got ${exchange.method}`, resource.id)];
    }),
  'client-poll.no-query': ({ happenings }) =>
    happenings.flatMap(({ exchange }) => {
      const resource = resourceOf(exchange.url);
      if (resource.kind !== 'monitor') return [];
      const option = /(?:^|&)(\$\w+)=/.exec(safelyDecoded(resource.query))?.[1];
      return [
        instance([exchange], option !== undefined && `the address of the monitor has ${option}`, resource.id),
      ];
    }),
};
