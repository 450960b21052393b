/** What this server says: plain answers, and refusals with the codes of the platform. */

/**
 * An answer that is no success. Thrown wherever the reason is found, made a response at the door.
 * `body` is the `error` object of the Web API unless something else is given; null is no body.
 */
export class Refusal extends Error {
  constructor(status, code, message, { headers = {}, body = { error: { code, message } } } = {}) {
    super(message);
    this.code = code;
    this.answer = { status, headers, body };
  }
}

const TERMINAL_TEXT = 'Canceling background operation is not allowed after it is in terminal state.';

/** Every refusal in one place, so that one situation never has two codes. */
export const refuse = {
  anonymous: (origin) =>
    new Refusal(401, '', 'Who are you?', {
      headers: {
        'www-authenticate': `Bearer authorization_uri="${origin}/oauth2/authorize", resource_id="${origin}/"`,
      },
      body: null,
    }),
  unprivileged: (user, privileges) =>
    new Refusal(
      403,
      '0x80040220',
      `Principal ${user.name} (${user.id}) is missing ${privileges.join(' and ')}.`,
    ),
  notTheInitiator: () =>
    new Refusal(
      403,
      '0x80048405',
      'Access is denied: only who started a background operation can cancel it.',
    ),
  unknownSegment: (segment) =>
    new Refusal(404, '0x8006088a', `Resource not found for the segment '${segment}'.`),
  wrongVerb: (url) =>
    new Refusal(404, '', `No HTTP resource was found that matches the request URI '${url}'.`),
  methodNotAllowed: (allow) =>
    new Refusal(405, '0x80040315', `This resource takes ${allow}.`, { headers: { allow } }),
  unknownElasticRow: (id) =>
    new Refusal(
      404,
      '0x80048d02',
      'The HTTP status code of the response was not expected (404).\n\nStatus: 404\nResponse:\n' +
        JSON.stringify({ error: { message: `Could not find item '${id}'.` } }),
    ),
  unknownRow: (entity, id) => new Refusal(404, '0x80040217', `${entity} With Id = ${id} Does Not Exist`),
  malformedId: (text) => new Refusal(400, '0x80040203', `'${text}' is not the id of a row.`),
  malformedRequest: (why) => new Refusal(400, '0x80040203', why),
  payload: (why) =>
    new Refusal(400, '0x80048d19', `Error identified in Payload provided by the user: ${why}`),
  unknownColumn: (column, entity) =>
    new Refusal(
      400,
      '0x0',
      `Could not find a property named '${column}' on type 'Microsoft.Dynamics.CRM.${entity}'.`,
    ),
  query: (why) => new Refusal(400, '0x80060888', why),
  staleEtag: () =>
    new Refusal(
      412,
      '0x80060882',
      "The version of the existing record doesn't match the RowVersion property provided.",
    ),
  exists: () => new Refusal(412, '0x80040237', 'A record with matching key values already exists.'),
  etagMissing: () => new Refusal(400, '0x80060883', 'Name the version to change in If-Match, or give *.'),
  terminalDelete: () => new Refusal(409, '', TERMINAL_TEXT, { body: { message: TERMINAL_TEXT } }),
  terminalPatch: () => new Refusal(400, '0x80048d0b', TERMINAL_TEXT),
  onlyCanceling: () =>
    new Refusal(
      400,
      '0x80040203',
      'The only change a client can make is to state code 2 with status code 22, both at once.',
    ),
  failedCall: (status, code, message) => new Refusal(status, code, message),
  notCallable: (name) =>
    new Refusal(400, '0x80040315', `${name} is raised by the platform. This action is not supported.`),
  synchronousStep: (message) =>
    new Refusal(400, '0x80044187', `Only asynchronous steps can be registered on ${message}.`),
  noSteps: (message) => new Refusal(400, '0x80090307', `Steps are not allowed for the message ${message}.`),
  tooLarge: () => new Refusal(413, '0x80048d11', 'The request is larger than 16 MB.'),
  notImplemented: (what) => new Refusal(501, '0x80040219', `${what} is not implemented here.`),
};

/** Headers of every answer below `/api/data/`. */
export const ODATA_HEADERS = { 'odata-version': '4.0' };

/** A Web API answer: JSON with minimal metadata, or no content when there is no body. */
export function odata(status, body, headers = {}) {
  const type = body === undefined ? {} : { 'content-type': 'application/json; odata.metadata=minimal' };
  return { status, headers: { ...ODATA_HEADERS, ...type, ...headers }, body };
}

/** A plain JSON answer, as the status monitor gives it. */
export function plain(status, body, headers = {}) {
  return { status, headers, body };
}

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The GUID in lower case, or undefined when the text is none. */
export function guidOf(text) {
  return GUID.test(text) ? text.toLowerCase() : undefined;
}
