import type { Happening } from '../happening.ts';
import { instance, type Rule, type Rules } from '../rule.ts';
import { soapRequestOf } from '../soap.ts';

type Asked = NonNullable<ReturnType<typeof soapRequestOf>>;
type AskedAs<Kind extends Asked['kind']> = Extract<Asked, { kind: Kind }>;

/** A rule about each request to the organization service of one kind. */
function ofSoap<Kind extends Asked['kind']>(
  kind: Kind,
  judge: (asked: AskedAs<Kind>) => string | false | undefined,
): Rule {
  return ({ happenings }) =>
    happenings.flatMap((one) => {
      const asked = bySoap(one) ? soapRequestOf(one.exchange.request.body) : undefined;
      if (asked?.kind !== kind) return [];
      const breach = judge(asked as AskedAs<Kind>);
      return breach === undefined ? [] : [instance([one.exchange], breach, 'id' in one ? one.id : undefined)];
    });
}

function bySoap(one: Happening): boolean {
  return ('way' in one && one.way === 'organization-service') || one.kind === 'page';
}

const callbackNames = /^(?:callback|odata\.callback|url)/i;

/** Rules of the section client-sdk. */
export const sdkRules: Rules = {
  'client-sdk.request': ofSoap(
    'execute',
    ({ parameters }) =>
      !parameters.includes('Request') && 'the parameter Request is missing, or has no value',
  ),
  'client-sdk.callback-uri': ofSoap('execute', ({ parameters, callbackUri }) => {
    const name = parameters.find((one) => callbackNames.test(one));
    if (name === undefined) return undefined;
    if (name !== 'CallbackUri') return `expected the parameter CallbackUri, got ${name}`;
    return (
      !/^https?:\/\/[^/]/i.test(callbackUri ?? '') &&
      `expected an absolute http or https address, got ${callbackUri ?? 'none'}`
    );
  }),
  'client-sdk.columns': ofSoap('retrieve', ({ allColumns }) => allColumns && 'all columns are asked for'),
};
