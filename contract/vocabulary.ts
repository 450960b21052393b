/** The words of the contract: codes with labels, header, column and message names. */

/** `backgroundoperationstatecode`: the choice values and their labels. */
export const stateLabels = { 0: 'Ready', 2: 'Locked', 3: 'Completed' } as const;

/** `backgroundoperationstatuscode`: the choice values and their labels. */
export const statusLabels = {
  0: 'Waiting For Resources',
  20: 'In Progress',
  22: 'Canceling',
  30: 'Succeeded',
  31: 'Failed',
  32: 'Canceled',
} as const;

/** A state code of the contract. */
export type StateCode = keyof typeof stateLabels;
/** A status code of the contract. */
export type StatusCode = keyof typeof statusLabels;

/** A state code with its status code, as every resource shows them together. */
export interface Codes {
  readonly state: StateCode;
  readonly status: StatusCode;
}

/** The pairs of codes that an operation can show. */
export const pairs = {
  waiting: { state: 0, status: 0 },
  inProgress: { state: 2, status: 20 },
  canceling: { state: 2, status: 22 },
  succeeded: { state: 3, status: 30 },
  failed: { state: 3, status: 31 },
  canceled: { state: 3, status: 32 },
} as const satisfies Record<string, Codes>;

/** Names of headers, in the casing of the documentation. */
export const headers = {
  operationId: 'x-ms-dyn-backgroundoperationid',
  callbackUrl: 'x-ms-dyn-callback-url',
  prefer: 'Prefer',
  preferenceApplied: 'Preference-Applied',
  location: 'Location',
  odataVersion: 'OData-Version',
  requestName: 'x-ms-dynamics-request-name',
  organization: 'x-ms-dynamics-organization',
} as const;

/** Headers in which credentials travel, in lower case. */
export const credentialHeaders = [
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-functions-key',
  'api-key',
] as const;

/** Names of preferences. */
export const preferences = {
  respondAsync: 'respond-async',
  callback: 'odata.callback',
  plainCallback: 'callback',
  includeAnnotations: 'odata.include-annotations',
  maxPageSize: 'odata.maxpagesize',
  returnRepresentation: 'return=representation',
} as const;

/** The annotation that carries a label beside its code. */
export const formattedValue = 'OData.Community.Display.V1.FormattedValue';

/** Members of the status monitor, the 202 body and the callback payload. */
export const members = {
  id: 'backgroundOperationId',
  location: 'location',
  state: 'backgroundOperationStateCode',
  status: 'backgroundOperationStatusCode',
  errorCode: 'backgroundOperationErrorCode',
  errorMessage: 'backgroundOperationErrorMessage',
} as const;

/** The table of background operations: set, key and the columns of its reference. */
export const table = {
  set: 'backgroundoperations',
  entity: 'backgroundoperation',
  key: 'backgroundoperationid',
  state: 'backgroundoperationstatecode',
  status: 'backgroundoperationstatuscode',
} as const;

/** Paths of the resources, below the organization URI. */
export const paths = {
  monitor: '/api/backgroundoperation/',
  webApi: (apiVersion: string) => `/api/data/${apiVersion}/`,
} as const;

/** Names of messages. */
export const messages = {
  complete: 'OnBackgroundOperationComplete',
  execute: 'ExecuteBackgroundOperation',
  whoAmI: 'WhoAmI',
} as const;

/** Privileges that a user needs for background operations. */
export const privileges = ['prvReadbackgroundoperation', 'prvWritebackgroundoperation'] as const;

/** The text with which the cancellation of a finished operation is refused. */
export const terminalMessage = 'Canceling background operation is not allowed after it is in terminal state.';

/** Limits and periods, in the unit of their name. */
export const limits = {
  /** Retries after the first attempt. */
  retries: 3,
  /** Milliseconds that one attempt may run. */
  attemptMilliseconds: 120_000,
  /** Milliseconds after which a target must have ended an attempt (the platform's own text says 2:20). */
  attemptGraceMilliseconds: 140_000,
  /** Seconds that a row is kept: 90 days. */
  ttlSeconds: 7_776_000,
  /** Milliseconds within which an elastic row becomes readable. */
  consistencyMilliseconds: 5_000,
} as const;

/** Error codes as signed 32-bit integers, as the table and the monitor show them. */
export const errorCodes = {
  accessDenied: -2147187707,
  notFound: -2147185406,
  objectDoesNotExist: -2147220969,
  noAttribute: -2147217149,
} as const;
