import type { Field, PlainAnswer } from '../plain.ts';
import { challenge } from './challenge.ts';
import { wants } from './query/annotations.ts';

/** An error of the contract: a value, made in this catalogue only. */
export interface ApiError {
  readonly status: number;
  /** As `error.code` carries it: hexadecimal, or empty. */
  readonly code: string;
  readonly message: string;
  readonly headers?: readonly Field[];
  /** What a plug-in said of its failure; absent for errors of the platform. */
  readonly plugin?: PluginFailure;
}

/** Details of a plug-in's failure: its own code, and what it traced. */
interface PluginFailure {
  readonly subErrorCode: number;
}

const payloadPrefix =
  "Error identified in Payload provided by the user for Entity :'', For more information on this error " +
  'please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293  ---->  InnerException : ';

/** A body that the OData layer cannot read as what the resource takes. */
function payload(inner: string): ApiError {
  return { status: 400, code: '0x80048d19', message: `${payloadPrefix}${inner}` };
}

/** A service protection limit is exceeded; `Retry-After` in whole seconds. */
function throttled(code: string, message: string, retryAfter: number): ApiError {
  return { status: 429, code, message, headers: [['Retry-After', String(retryAfter)]] };
}

/** The errors of Dataverse, with its own codes and texts where they are known. */
export const errors = {
  /** `audience`: what the token was issued for, where that is something else. */
  unauthorized: (authority: string, resource: string, audience?: string): ApiError => ({
    status: 401,
    code: '',
    message: '',
    headers: [['WWW-Authenticate', challenge(authority, resource, audience)]],
  }),
  privilegeDenied: (privilege: string): ApiError => ({
    status: 403,
    code: '0x80040220',
    message: `The user does not hold the necessary privileges. Missing privilege: ${privilege}.`,
  }),
  noSegment: (segment: string): ApiError => ({
    status: 404,
    code: '0x8006088a',
    message: `Resource not found for the segment '${segment}'.`,
  }),
  noResource: (url: string): ApiError => ({
    status: 404,
    code: '',
    message: `No HTTP resource was found that matches the request URI '${url}'.`,
  }),
  noRow: (id: string): ApiError => ({ status: 404, code: '0x80048d02', message: missingItem(id) }),
  noTableRow: (entity: string, id: string): ApiError => ({
    status: 404,
    code: '0x80040217',
    message: `${entity} With Id = ${id} Does Not Exist`,
  }),
  noOperation: (id: string): ApiError => ({
    status: 404,
    code: '0x80048d02',
    message: `Could not find background operation '${id}'.`,
  }),
  noMethod: (method: string, allow: string): ApiError => ({
    status: 405,
    code: '',
    message: `The requested resource does not support http method '${method}'.`,
    headers: [['Allow', allow]],
  }),
  badKey: (): ApiError => ({
    status: 400,
    code: '0x8006088a',
    message: 'Bad Request - Error in query syntax.',
  }),
  badSyntax: (message: string): ApiError => ({ status: 400, code: '0x80060888', message }),
  invalidCaller: (): ApiError => ({
    status: 400,
    code: '0x80048d1a',
    message:
      'CallerId provided for impersonation is invalid. Provided CallerId is either NULL or empty string',
  }),
  cannotActForOthers: (): ApiError => ({
    status: 403,
    code: '0x80040220',
    message:
      'The user does not hold the necessary privileges. Missing privilege: prvActOnBehalfOfAnotherUser.',
  }),
  invalidArgument: (message: string): ApiError => ({ status: 400, code: '0x80040203', message }),
  invalidOperation: (message: string): ApiError => ({ status: 400, code: '0x8004023b', message }),
  notJson: (): ApiError => payload('Microsoft.OData.ODataException: The request body is not valid JSON.'),
  notAnObject: (): ApiError =>
    payload(
      "Microsoft.OData.ODataException: An unexpected 'PrimitiveValue' node was found when reading from the " +
        "JSON reader. A 'StartObject' node was expected.",
    ),
  unknownParameter: (name: string, operation: string): ApiError =>
    payload(
      `Microsoft.OData.ODataException: The parameter '${name}' in the request payload is not a valid parameter ` +
        `for the operation '${operation}'.`,
    ),
  wrongType: (literal: string, edm: string): ApiError =>
    payload(
      `Microsoft.OData.ODataException: Cannot convert the literal '${literal}' to the expected type '${edm}'. ` +
        '---> System.FormatException: Input string was not in a correct format.',
    ),
  missingParameter: (name: string, message: string): ApiError => ({
    status: 400,
    code: '0x80040203',
    message: `Required field '${name}' is missing for RequestName='${message}'`,
  }),
  noProperty: (name: string, type: string): ApiError =>
    payload(
      `Microsoft.OData.ODataException: The property '${name}' does not exist on type '${type}'. Make sure to only ` +
        'use property names that are defined by the type.',
    ),
  unknownProperty: (name: string, entity: string): ApiError =>
    payload(
      `Microsoft.Crm.CrmException: Invalid property '${name}' was found in entity 'Microsoft.Dynamics.CRM.${entity}'.`,
    ),
  versionMismatch: (): ApiError => ({
    status: 412,
    code: '0x80060882',
    message: "The version of the existing record doesn't match the RowVersion property provided.",
  }),
  exists: (): ApiError => ({
    status: 412,
    code: '0x80060892',
    message: 'A record with matching key values already exists.',
  }),
  alreadyExists: (id: string): ApiError => ({
    status: 412,
    code: '0x8004e30a',
    message: `An object with id ${id} already exists. Please change the id and try again.`,
  }),
  duplicateAssembly: (): ApiError => ({
    status: 412,
    code: '0x80040237',
    message: 'Plug-in assembly fullnames must be unique (ignoring the version build and revision number).',
  }),
  noPluginType: (type: string, assembly: string): ApiError => ({
    status: 400,
    code: '0x8004418b',
    message: `PluginType [${type}] not found in PluginAssembly [${assembly}].`,
  }),
  otherAssembly: (): ApiError => ({
    status: 400,
    code: '0x8004418b',
    message: 'Plug-in assembly does not contain the required types or assembly content cannot be updated.',
  }),
  inUse: (component: string, id: string, by: number): ApiError => ({
    status: 400,
    code: '0x8004f01f',
    message:
      `The ${component}(${id}) component cannot be deleted because it is referenced by ${by} other components. ` +
      'For a list of referenced components, use the RetrieveDependenciesForDeleteRequest.',
  }),
  tooLong: (column: string, entity: string, longest: number): ApiError => ({
    status: 400,
    code: '0x80044331',
    message:
      `A validation error occurred. The length of the '${column}' attribute of the '${entity}' entity ` +
      `exceeded the maximum allowed length of '${longest}'.`,
  }),
  undeclaredLink: (property: string): ApiError =>
    payload(
      `Microsoft.OData.ODataException: An undeclared property '${property}' which only has property annotations ` +
        'in the payload but no property value was found in the payload.',
    ),
  stepNotAllowed: (): ApiError => ({
    status: 400,
    code: '0x80044187',
    message: 'Custom SdkMessageProcessingStep is not allowed on the specified message and entity.',
  }),
  tooLarge: (limit: number): ApiError => ({
    status: 413,
    code: '0x80048d11',
    message: `The request body is larger than ${limit} bytes.`,
  }),
  foreignHost: (host: string): ApiError => ({
    status: 403,
    code: '0x80040220',
    message:
      `The host '${shown(host)}' is not one of this simulator. Call it by localhost or by the address that it listens on, ` +
      'or allow the name: bgop simulate --allow-host NAME (allowedHosts of startServer).',
  }),
  foreignOrigin: (origin: string): ApiError => ({
    status: 403,
    code: '0x80040220',
    message: `Requests of web pages are refused ('${shown(origin)}'): any page could send them.`,
  }),
  notJsonType: (found: string): ApiError => ({
    status: 415,
    code: '0x80060888',
    message: `A body has to be JSON: expected Content-Type application/json, got ${shown(found)}.`,
  }),
  encodedBody: (encoding: string): ApiError => ({
    status: 415,
    code: '0x80060888',
    message: `A body cannot be compressed here: Content-Encoding '${shown(encoding)}' is not supported.`,
  }),
  noRoom: (): ApiError => ({
    status: 429,
    code: '0x80072326',
    message: 'Too many long bodies are being received at the same time. Try again later.',
    headers: [['Retry-After', '1']],
  }),
  tooManyCallsDeep: (most: number): ApiError => ({
    status: 400,
    code: '0x80040237',
    message:
      `More than ${most} calls of the simulator have led to one another, which looks like an endless loop: ` +
      'a callback, a webhook or a ControlUrl points back at the simulator.',
  }),
  tooManyRequests: (limit: number, windowMs: number, retryAfter: number): ApiError =>
    throttled(
      '0x80072322',
      `Number of requests exceeded the limit of ${limit} over time window of ${windowMs / 1_000} seconds.`,
      retryAfter,
    ),
  tooMuchExecution: (limitMs: number, windowMs: number, retryAfter: number): ApiError =>
    throttled(
      '0x80072321',
      `Combined execution time of incoming requests exceeded limit of ${limitMs.toLocaleString('en-US')} ` +
        `milliseconds over time window of ${windowMs / 1_000} seconds. Decrease number of concurrent requests ` +
        'or reduce the duration of requests and try again later.',
      retryAfter,
    ),
  tooManyAtOnce: (limit: number, retryAfter: number): ApiError =>
    throttled('0x80072326', `Number of concurrent requests exceeded the limit of ${limit}.`, retryAfter),
  unexpected: (): ApiError => ({ status: 400, code: '0x80040216', message: 'An unexpected error occurred.' }),
};

/** What a client sent, as it can stand in a message. */
function shown(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);
}

/** The multi-line text with which an elastic table reports a missing row. */
function missingItem(id: string): string {
  const details =
    '\\r\\nErrors : [\\r\\n  \\"Resource Not Found. Learn more: https://aka.ms/cosmosdb-tsg-not-found\\"\\r\\n]\\r\\n';
  return [
    'The HTTP status code of the response was not expected (404).',
    '',
    'Status: 404',
    'Response:',
    `{"error":{"message":"Could not find item '${id}'.","details":[{"message":"${details}"}]}}`,
  ].join('\n');
}

/** Every annotation is text. Source: Web API documentation, "Include more details with errors". */
function annotations(
  { code, message, plugin }: ApiError,
  patterns: string | undefined,
): Record<string, string> {
  const help =
    code === '' ? '' : `&error=Microsoft.Crm.CrmException%3a${code.replace(/^0x/, '')}&client=platform`;
  const all = {
    '@Microsoft.PowerApps.CDS.ErrorDetails.OperationStatus': plugin === undefined ? undefined : '0',
    '@Microsoft.PowerApps.CDS.ErrorDetails.SubErrorCode':
      plugin === undefined ? undefined : String(plugin.subErrorCode),
    '@Microsoft.PowerApps.CDS.HelpLink': `http://go.microsoft.com/fwlink/?LinkID=398563${help}`,
    '@Microsoft.PowerApps.CDS.TraceText': plugin === undefined ? undefined : '',
    '@Microsoft.PowerApps.CDS.InnerError.Message': plugin === undefined ? undefined : message,
  };
  return Object.fromEntries(
    Object.entries(all).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && wants(patterns, entry[0].slice(1)),
    ),
  );
}

/**
 * An error as the Web API answers it. A 401 of Dataverse has no message, and no body.
 *
 * @param patterns of `odata.include-annotations`: the details that the client asked for
 */
export function errorAnswer(error: ApiError, patterns?: string): PlainAnswer {
  const { status, code, message, headers = [] } = error;
  if (status === 401 && message === '') return { status, headers, body: undefined };
  return {
    status,
    headers: [
      ['Content-Type', 'application/json; odata.metadata=minimal'],
      ['OData-Version', '4.0'],
      ...headers,
    ],
    body: JSON.stringify({ error: { code, message, ...annotations(error, patterns) } }),
  };
}
