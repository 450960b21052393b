import { headers, preferences as names } from '../../contract/vocabulary.ts';
import { headerIn, objectIn } from '../exchange.ts';
import type { HappeningOf } from '../happening.ts';
import { callbackAskedBy, isParameter, preferencesOf } from '../prefer.ts';
import { guid, resourceOf } from '../resource.ts';
import { instance, type Instance, type Rule, type Rules } from '../rule.ts';
import type { Traffic } from '../traffic.ts';

/** Submissions by the Web API. */
function submissions({ happenings }: Traffic): HappeningOf<'submission'>[] {
  return happenings.filter((one) => one.kind === 'submission').filter(({ way }) => way === 'web-api');
}

type Asked = NonNullable<ReturnType<typeof callbackAskedBy>>;

/** A rule about the callback preference of each submission that has one. */
function ofCallback(judge: (asked: Asked, one: HappeningOf<'submission'>) => string | false): Rule {
  return (traffic) =>
    submissions(traffic).flatMap((one) => {
      const asked = callbackAskedBy(one.preferences);
      return asked === undefined ? [] : [instance([one.exchange], judge(asked, one), one.id)];
    });
}

function ofUrl(judge: (url: NonNullable<Asked['url']>) => string | false): Rule {
  return ofCallback(({ url }) => url !== undefined && judge(url));
}

function sentPrefer({ exchange }: HappeningOf<'submission'>): string {
  return headerIn(exchange.request, 'prefer') ?? '';
}

/** Why a callback has no address, where a comma parts them. */
function commaBeforeUrl({ preferences }: HappeningOf<'submission'>): string {
  return preferences.some(({ name }) => name === 'url')
    ? ': a comma makes url a preference of its own, expected a semicolon before it'
    : '';
}

/** Whether the connector of Power Platform itself sends it: the header is its own, and a maker cannot change it. */
function isOfConnector({ exchange }: HappeningOf<'submission'>): boolean {
  const agent = headerIn(exchange.request, 'user-agent') ?? '';
  return (
    /microsoft-flow|azure-logic-apps/i.test(agent) ||
    /^https?:\/\/[^/]*\.azure-apihub\.net\//i.test(exchange.url)
  );
}

/** Methods with which a custom API can be called. */
const calls = new Set(['POST', 'GET']);

/** Whether what is called is a table or a message of the platform: by its name, or by what it answered. */
function isNoCustomApi({ message = '', exchange: { url, answer } }: HappeningOf<'submission'>): boolean {
  // The name of a custom API begins with a publisher's prefix and an underscore.
  if (message !== '' && !message.includes('_')) return true;
  const created = answer === undefined ? undefined : headerIn(answer, 'odata-entityid');
  const context = objectIn(answer?.body)?.['@odata.context'];
  const ofRow = new RegExp(`/${message}\\('?${guid}'?\\)(?:[?#]|$)`, 'i').test(url);
  const ofRows = typeof context === 'string' && new RegExp(`\\$metadata#${message}(?:[(/]|$)`).test(context);
  return ofRow || ofRows || created?.includes(`/${message}(`) === true;
}

/** Requests to rows of background operations that ask for background execution: as by a default header. */
function rowsAskedAsync({ happenings }: Traffic): Instance[] {
  const exchanges = happenings
    .filter(({ kind }) => kind === 'read' || kind === 'page' || kind === 'cancellation' || kind === 'other')
    .map(({ exchange }) => exchange)
    .filter(({ url, request }) => {
      const ofTable = ['row', 'rows'].includes(resourceOf(url).kind);
      return ofTable && preferencesOf(request).some(({ name }) => name === names.respondAsync);
    });
  return [...new Set(exchanges)].map((exchange) =>
    instance(
      [exchange],
      `${exchange.method} ${exchange.url} asks for background execution, and is no call of a custom API`,
    ),
  );
}

function lostAnswers(traffic: Traffic): Instance[] {
  const all = submissions(traffic);
  return all.flatMap((one, index) => {
    const { answer, url, request } = one.exchange;
    if (answer !== undefined && answer.status < 500) return [];
    const again = all
      .slice(index + 1)
      .find(({ exchange }) => exchange.url === url && exchange.request.body === request.body);
    const what = answer === undefined ? 'no answer came' : `the answer was ${answer.status}`;
    const seen =
      again === undefined
        ? `${what}, and the client did not submit again`
        : `${what}, and the client submitted the same again`;
    return [{ seen, exchanges: again === undefined ? [one.exchange] : [one.exchange, again.exchange] }];
  });
}

/** Rules of the section client-submit. */
export const submitRules: Rules = {
  'client-submit.preferences-apart': ofCallback(
    ({ apart }, one) =>
      (!apart || isParameter(one.preferences, names.respondAsync)) &&
      `expected respond-async, odata.callback; url="…", got ${sentPrefer(one)}: what follows a semicolon is a parameter of the preference before it`,
  ),
  'client-submit.callback-name': ofCallback(
    ({ name }) => name !== names.callback && `expected ${names.callback}, got ${name}`,
  ),
  'client-submit.callback-url-quoted': ofUrl(
    ({ quoted, value }) => !quoted && `expected url="…" with quotation marks, got url=${value}`,
  ),
  'client-submit.callback-url-absolute': ofCallback(
    ({ url }, one) =>
      !/^['`<]?https?:\/\/[^/]/i.test(url?.value ?? '') &&
      `expected url="…" with an absolute http or https address, got ${url?.value || `none in ${sentPrefer(one)}`}${commaBeforeUrl(one)}`,
  ),
  'client-submit.callback-with-async': ofCallback(
    (_asked, { preferences }) =>
      !preferences.some(
        ({ name, parameters }) => name === names.respondAsync || parameters.has(names.respondAsync),
      ) && `the request asks for a callback, but not for ${names.respondAsync}`,
  ),
  'client-submit.connector-header': (traffic) =>
    submissions(traffic).map((one) =>
      instance(
        [one.exchange],
        headerIn(one.exchange.request, headers.callbackUrl) !== undefined &&
          callbackAskedBy(one.preferences) === undefined &&
          !isOfConnector(one) &&
          `the callback is asked for by the header ${headers.callbackUrl} alone`,
        one.id,
      ),
    ),
  'client-submit.custom-api': (traffic) => [
    ...traffic.happenings
      .filter((one) => one.kind === 'batch' && one.itself)
      .map(({ exchange }) =>
        instance([exchange], 'a $batch asks for background execution, and is no custom API'),
      ),
    ...rowsAskedAsync(traffic),
    ...submissions(traffic).map((one) => {
      const { method, url } = one.exchange;
      return instance(
        [one.exchange],
        one.id === undefined &&
          (!calls.has(method) || isNoCustomApi(one)) &&
          `${method} ${url} asks for background execution, and is no call of a custom API`,
        one.id,
      );
    }),
  ],
  'client-submit.not-in-batch': (traffic) => [
    ...submissions(traffic).map(({ exchange, id }) =>
      instance([exchange], exchange.batch !== undefined && 'a part of the $batch asks for respond-async', id),
    ),
    ...traffic.happenings
      .filter((one) => one.kind === 'batch' && !one.itself)
      .map(({ exchange }) => instance([exchange], 'a part of the $batch asks for respond-async')),
  ],
  'client-submit.after-lost-answer': lostAnswers,
};
