import { headerIn, objectIn, type TrafficExchange } from '../exchange.ts';
import { resourceOf } from '../resource.ts';
import { instance, type Instance, type Rule, type Rules } from '../rule.ts';
import { duration } from '../words.ts';
import { operationsOf, requestsIn } from './access.ts';
import { roundedMs } from './poll.ts';

/** Pages of the table by the Web API, in order. */
function pagesIn(exchanges: readonly TrafficExchange[]): TrafficExchange[] {
  return exchanges.filter(({ method, url }) => method === 'GET' && resourceOf(url).kind === 'rows');
}

function nextLinkOf({ answer }: TrafficExchange): string | undefined {
  const link = objectIn(answer?.body)?.['@odata.nextLink'];
  return typeof link === 'string' ? link : undefined;
}

/** An address without what a proxy may have changed: scheme and authority. */
function pathAndQuery(url: string): string {
  return url.replace(/^https?:\/\/[^/]*/i, '');
}

/** A page that is not the first: by a link, or by what a client counts itself. */
const skipToken = /[?&](?:\$|%24)skip(?:token)?=/i;

/** Each page that was asked for by a `$skiptoken`, with the pages before it that had a link. */
function followed(exchanges: readonly TrafficExchange[]) {
  const pages = pagesIn(exchanges);
  return pages.flatMap((page, index) => {
    if (!skipToken.test(page.url)) return [];
    const before = pages.slice(0, index).filter((one) => nextLinkOf(one) !== undefined);
    const from = before.findLast((one) => pathAndQuery(nextLinkOf(one) ?? '') === pathAndQuery(page.url));
    return before.length === 0
      ? []
      : [{ page, from: from ?? before.at(-1) ?? page, exact: from !== undefined }];
  });
}

function pageSizeIn({ request }: TrafficExchange): string | undefined {
  return /odata\.maxpagesize\s*=\s*"?(\d+)/i.exec(headerIn(request, 'prefer') ?? '')?.[1];
}

/** When an answer says that the next request may come, and how long that is. */
function retryAfterOf({ answer, to }: TrafficExchange): { until: number; told: string } | undefined {
  const told = answer === undefined ? undefined : headerIn(answer, 'retry-after')?.trim();
  if (told === undefined || told === '') return undefined;
  const until = /^\d+$/.test(told) ? to + Number(told) * 1000 : Date.parse(told);
  return Number.isNaN(until) ? undefined : { until, told };
}

/** Milliseconds that a timer may be early. */
const earlyMs = 500;

const retryAfter: Rule = (traffic) => {
  const requests = requestsIn(traffic);
  const about = operationsOf(traffic);
  return requests.flatMap((exchange, index): Instance[] => {
    const wait = retryAfterOf(exchange);
    if (wait === undefined) return [];
    const refused = exchange.answer !== undefined && exchange.answer.status >= 400;
    const id = traffic.happenings.find((one) => one.kind === 'submission' && one.exchange === exchange);
    const accepted = id !== undefined && 'id' in id ? id.id : undefined;
    if (!refused && accepted === undefined) return [];
    // After a refusal the same request, and after a 429, which is for the user, any look at the same operation; after
    // a 202 the first look at its operation.
    const operation = about.get(exchange);
    const limited = exchange.answer?.status === 429 && operation !== undefined;
    const next = requests
      .slice(index + 1)
      .find((one) =>
        refused
          ? (one.method === exchange.method && one.url === exchange.url) ||
            (limited && about.get(one) === operation && one.credential?.key === exchange.credential?.key)
          : one.method === 'GET' && one.url.toLowerCase().includes(accepted ?? '-'),
      );
    if (next === undefined) return [];
    return [
      instance(
        [exchange, next],
        next.from < wait.until - earlyMs - roundedMs(exchange.from, next.from) &&
          `Retry-After said ${wait.told}, and the client asked again after ${duration(next.from - exchange.to)}`,
        accepted,
      ),
    ];
  });
};

/** Rules of the section client-poll about pages of the table and about waiting when told to. */
export const pageRules: Rules = {
  'client-poll.next-link': (traffic) =>
    followed(requestsIn(traffic)).map(({ page, from, exact }) =>
      instance([from, page], !exact && 'the address of the page is none that an @odata.nextLink gave'),
    ),
  'client-poll.page-size': (traffic) =>
    followed(requestsIn(traffic)).map(({ page, from }) => {
      const [before, now] = [pageSizeIn(from), pageSizeIn(page)];
      return instance(
        [from, page],
        before !== now &&
          `the page before was asked for with odata.maxpagesize ${before ?? 'none'}, this one with ${now ?? 'none'}`,
      );
    }),
  'client-poll.retry-after': retryAfter,
};
