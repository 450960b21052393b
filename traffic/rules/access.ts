import { headerIn, type TrafficExchange } from '../exchange.ts';
import { instance, type Rule, type Rules } from '../rule.ts';
import type { Traffic } from '../traffic.ts';

/** Every request of the client to the organization about background operations, once each. */
export function requestsIn({ happenings }: Traffic): TrafficExchange[] {
  const found = happenings.filter(({ kind }) => kind !== 'callback' && kind !== 'event');
  return [...new Set(found.map(({ exchange }) => exchange))];
}

/** The files in which credentials are recorded. */
export function filesWithCredentials(exchanges: readonly TrafficExchange[]): ReadonlySet<number> {
  return new Set(exchanges.flatMap(({ credential, file }) => (credential === undefined ? [] : [file])));
}

/** The operation that each request is about; none for a page, which is about several. */
export function operationsOf({ happenings }: Traffic): ReadonlyMap<TrafficExchange, string | undefined> {
  const single = happenings.filter(({ kind }) => kind !== 'page' && kind !== 'batch').reverse();
  const paged = new Set(happenings.filter(({ kind }) => kind === 'page').map(({ exchange }) => exchange));
  return new Map(
    single.flatMap((one) =>
      'id' in one && !paged.has(one.exchange) ? [[one.exchange, one.id] as const] : [],
    ),
  );
}

/** A rule about each request of the client about background operations that `applies`. */
function ofRequests(
  judge: (exchange: TrafficExchange) => string | false,
  applies: (exchange: TrafficExchange) => boolean = () => true,
): Rule {
  return (traffic) => {
    const about = operationsOf(traffic);
    return requestsIn(traffic)
      .filter(applies)
      .map((exchange) => instance([exchange], judge(exchange), about.get(exchange)));
  };
}

/** Whether a refusal may be that of a token that was sent: it says so, or the same request went through afterwards. */
function mayHaveHadToken(
  { answer, url, method, from }: TrafficExchange,
  all: readonly TrafficExchange[],
): boolean {
  if (answer === undefined) return true;
  if (/\berror\s*=/i.test(headerIn(answer, 'www-authenticate') ?? '')) return true;
  return all.some(
    (one) =>
      one.from > from && one.url === url && one.method === method && (one.answer?.status ?? 401) !== 401,
  );
}

/**
 * Records of browsers leave credentials out: their absence tells only where their file has others, or where 401 came
 * and stayed. What a browser did not come to send has not the fields that it would have had.
 */
const credentials: Rule = (traffic) => {
  const requests = requestsIn(traffic);
  const recorded = filesWithCredentials(requests);
  return ofRequests(
    ({ credential, answer, method, url }) =>
      credential === undefined &&
      `${method} ${url} carries no credentials; the answer was ${answer?.status ?? 'none'}`,
    (one) =>
      one.credential !== undefined ||
      (one.answer !== undefined && recorded.has(one.file)) ||
      (one.answer?.status === 401 && !mayHaveHadToken(one, requests)),
  )(traffic);
};

const tokenStays: Rule = ({ credentials: sent, origins }) => {
  const away = sent.filter(({ origin }) => !origins.has(origin));
  return sent
    .filter(({ origin }) => origins.has(origin))
    .map(({ key, exchange }) => {
      const elsewhere = away.find((one) => one.key === key);
      return elsewhere === undefined
        ? instance([exchange], undefined)
        : instance(
            [exchange, elsewhere.exchange],
            `the token that is sent to ${[...origins].join(', ')} is sent to ${elsewhere.origin}, too`,
          );
    });
};

/** Parameters of a query by which clients hand over a token. */
const tokenInQuery =
  /[?&](?:access_?token|id_token|auth_?token|token|jwt|bearer|authorization)=|[?&][^=&]+=bearer(?:%20|\+|\s)/i;

/** Rules of the section client-access. */
export const accessRules: Rules = {
  'client-access.credentials': credentials,
  'client-access.bearer': ofRequests(
    ({ credential }) => {
      if (credential?.quoted === true) return 'the token stands between quotation marks';
      const scheme = credential?.scheme ?? '';
      return (
        scheme.toLowerCase() !== 'bearer' &&
        `expected the scheme Bearer, got ${scheme === '' ? 'a value without a scheme' : scheme}`
      );
    },
    ({ credential }) => credential !== undefined && credential.scheme !== 'cookie',
  ),
  'client-access.token-not-in-address': ofRequests(
    ({ url, credential }) =>
      (tokenInQuery.test(url) && 'the access token stands in the query of the address') ||
      (credential?.inCallback === true && 'the access token stands in the address of the callback'),
  ),
  'client-access.token-stays': tokenStays,
};
