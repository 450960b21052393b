/** Calls of messages: the probe, synchronously or in the background, and the few others there are. */
import { odata, plain, refuse } from './answers.mjs';
import { COMPLETION_MESSAGE } from './events.mjs';
import { requirePrivileges } from './operations-table.mjs';
import { asyncWishes } from './prefer.mjs';
import { execute, PROBE, readInputs } from './probe.mjs';
import { BUSINESS_UNIT_ID, ORGANIZATION_ID } from './users.mjs';

/**
 * HTTP statuses that an error of the platform has in a synchronous call; any other is 400.
 * The family from -2147185406 on is that of plug-ins that ask for a status.
 */
const STATUS_OF_CODE = new Map([
  [-2147187707, 403],
  [-2147220960, 403],
  [-2147220969, 404],
  [-2147185406, 404],
  [-2147185402, 403],
  [-2147185400, 409],
  [-2147185399, 412],
]);

/** What an error that is not the platform's looks like in a synchronous call: a plug-in that aborted. */
const PLUGIN_ABORTED = '0x80040265';

/** Answers the call of a message, or undefined when no message has that name. */
export function callMessage(request, name, { clock, operations }) {
  if (name === 'WhoAmI' || name === 'WhoAmI()') return whoAmI(request);
  if (name === COMPLETION_MESSAGE && request.method === 'POST') throw refuse.notCallable(name);
  if (name !== PROBE.uniquename && name !== COMPLETION_MESSAGE) return undefined;
  if (request.method !== 'POST') throw refuse.wrongVerb(`${request.origin}${request.path}`);

  const { respondAsync, callbackUrl } = asyncWishes(request.prefer);
  if (respondAsync) requirePrivileges(request.user);
  const inputs = readInputs(request.json());
  return respondAsync ? accept(request, inputs, callbackUrl, operations) : runNow(request, inputs, clock);
}

function accept({ user, origin }, inputs, callbackUrl, operations) {
  const { id, location } = operations.submit({ inputs, initiator: user, callbackUrl, origin });
  return plain(
    202,
    { location, backgroundOperationId: id },
    {
      location,
      'x-ms-dyn-backgroundoperationid': id,
      'preference-applied': callbackUrl === null ? ['respond-async'] : ['respond-async', 'callback'],
      'retry-after': '1',
      'cache-control': 'private',
    },
  );
}

function runNow(request, inputs, clock) {
  return new Promise((resolve, reject) => {
    execute(clock, { inputs, attempt: 1 }, ({ outputs, error }) => {
      if (error !== undefined)
        return reject(refuse.failedCall(statusOf(error.code), codeText(error.code), error.message));
      const body = { '@odata.context': responseContext(request, PROBE.uniquename) };
      for (const name of Object.keys(PROBE.responses)) body[name] = outputs[name] ?? null;
      return resolve(odata(200, body));
    }).catch(reject);
  });
}

function whoAmI(request) {
  if (request.method !== 'GET') throw refuse.wrongVerb(`${request.origin}${request.path}`);
  const body = { BusinessUnitId: BUSINESS_UNIT_ID, UserId: request.user.id, OrganizationId: ORGANIZATION_ID };
  return odata(200, { '@odata.context': responseContext(request, 'WhoAmI'), ...body });
}

function responseContext({ origin }, message) {
  return `${origin}/api/data/v9.2/$metadata#Microsoft.Dynamics.CRM.${message}Response`;
}

function statusOf(code) {
  return STATUS_OF_CODE.get(code) ?? 400;
}

function codeText(code) {
  return code === 0 ? PLUGIN_ABORTED : `0x${(code >>> 0).toString(16).padStart(8, '0')}`;
}
