// Firewalls and gateways that always refuse one kind of request, in forms of their own, or take what they should pass on.
import { html, isOfTarget, json, onceIn, page, undecided } from './acts.mjs';

const ofGateway = ['gateway'];
/** An advance of the clock may wait for an attempt that nobody could cancel. */
const never = { may: [3], blame: [...ofGateway, 'network'], noticed: true };
/** Every request that meets a condition, and goes to the target itself. */
const each = (meets, act) => async (moment) => {
  if (!isOfTarget(moment) || !meets(moment.request)) return false;
  await act(moment);
  return true;
};
const isDelete = ({ method }) => method === 'DELETE';
const hasQuote = ({ url }) => /%27|'/.test(url);

/** @type {readonly import('../case.mjs').Kind[]} */
export default [
  {
    name: 'waf-delete-403',
    about: 'a firewall answers every DELETE 403 with JSON of its own',
    weather: each(isDelete, ({ answer }) => answer(403, json, '{"error":"forbidden","rule":942100}')),
    ...never,
  },
  {
    name: 'waf-delete-405',
    about: 'a gateway answers every DELETE 405 with JSON of its own',
    weather: each(isDelete, ({ answer }) =>
      answer(405, { ...json, Allow: 'GET, POST' }, '{"statusCode":405,"message":"Method Not Allowed"}'),
    ),
    ...never,
  },
  {
    name: 'waf-quote-json',
    about: 'a firewall answers every address with a quote 403 with JSON of its own',
    weather: each(hasQuote, ({ answer }) => answer(403, json, '{"error":"forbidden","rule":942100}')),
    may: undecided,
    blame: ofGateway,
  },
  {
    name: 'waf-quote-page',
    about: 'a firewall answers every address with a quote 403 with a page',
    weather: each(hasQuote, ({ answer }) => answer(403, html, page)),
    may: undecided,
    blame: ofGateway,
  },
  {
    name: 'waf-patch-reset',
    about: 'the connection is reset at every PATCH',
    weather: each(
      ({ method }) => method === 'PATCH',
      ({ reset }) => reset(),
    ),
    may: [3],
    blame: ['network'],
    noticed: true,
  },
  {
    name: '202-of-gateway',
    about: 'a gateway answers one POST in 12 202 with an empty object, and passes nothing on',
    weather: async (moment) =>
      moment.request.method === 'POST' &&
      isOfTarget(moment) &&
      onceIn(12, ({ answer }) => answer(202, json, '{}'))(moment),
    may: undecided,
    blame: ofGateway,
  },
];
