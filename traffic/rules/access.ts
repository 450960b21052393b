import type { TrafficExchange } from '../exchange.ts';
import { instance, type Rule, type Rules } from '../rule.ts';
import type { Traffic } from '../traffic.ts';

/** Every request of the client to the organization about background operations, once each. */
export function requestsIn({ happenings }: Traffic): TrafficExchange[] {
  const found = happenings.filter(({ kind }) => kind !== 'callback' && kind !== 'event');
  return [...new Set(found.map(({ exchange }) => exchange))];
}

/** Records of browsers leave credentials out: their absence tells only where others are there, or 401 came. */
const credentials: Rule = (traffic) => {
  const requests = requestsIn(traffic);
  const recorded = requests.some(({ credential }) => credential !== undefined);
  return requests.flatMap((exchange) => {
    const { credential, answer, method, url } = exchange;
    if (credential !== undefined) return [instance([exchange], undefined)];
    if (answer?.status !== 401 && !recorded) return [];
    const got = answer === undefined ? 'no answer' : String(answer.status);
    return [instance([exchange], `${method} ${url} carries no credentials; the answer was ${got}`)];
  });
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

/** Rules of the section client-access. */
export const accessRules: Rules = {
  'client-access.credentials': credentials,
  'client-access.bearer': (traffic) =>
    requestsIn(traffic)
      .filter(({ credential }) => credential !== undefined && credential.scheme !== 'cookie')
      .map((exchange) => {
        const scheme = exchange.credential?.scheme ?? '';
        return instance(
          [exchange],
          scheme.toLowerCase() !== 'bearer' &&
            `expected the scheme Bearer, got ${scheme === '' ? 'a value without a scheme' : scheme}`,
        );
      }),
  'client-access.token-not-in-address': (traffic) =>
    requestsIn(traffic).map((exchange) =>
      instance(
        [exchange],
        /[?&]access_token=/i.test(exchange.url) && 'the access token stands in the query of the address',
      ),
    ),
  'client-access.token-stays': tokenStays,
};
