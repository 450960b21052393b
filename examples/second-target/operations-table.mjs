/** The table `backgroundoperations`: rows as the Web API shows them, and the one change a client can make. */
import { guidOf, ODATA_HEADERS, refuse } from './answers.mjs';
import { keyValueText, PROBE } from './probe.mjs';
import { answerCollection, answerCount, answerRow, checkEtag } from './query.mjs';
import { missingPrivileges, ORGANIZATION_ID } from './users.mjs';

const STATES = { 0: 'Ready', 2: 'Locked', 3: 'Completed' };
const STATUSES = {
  0: 'Waiting For Resources',
  20: 'In Progress',
  22: 'Canceling',
  30: 'Succeeded',
  31: 'Failed',
  32: 'Canceled',
};

const guid = { type: 'guid' };
const string = { type: 'string' };
const number = { type: 'number' };
const datetime = { type: 'datetime' };

/** The table as the Web API has it. */
export const TABLE = {
  set: 'backgroundoperations',
  entity: 'backgroundoperation',
  key: 'backgroundoperationid',
  always: ['versionnumber', 'partitionid'],
  columns: {
    backgroundoperationid: guid,
    backgroundoperationstatecode: { type: 'picklist', labels: STATES },
    backgroundoperationstatuscode: { type: 'picklist', labels: STATUSES },
    name: string,
    displayname: string,
    inputparameters: string,
    outputparameters: string,
    errorcode: number,
    errormessage: string,
    retrycount: number,
    createdon: datetime,
    modifiedon: datetime,
    starttime: datetime,
    endtime: datetime,
    runas: string,
    priority: number,
    partitionid: string,
    ttlinseconds: number,
    importsequencenumber: number,
    overriddencreatedon: datetime,
    versionnumber: number,
    _createdby_value: guid,
    _createdonbehalfby_value: guid,
    _modifiedby_value: guid,
    _modifiedonbehalfby_value: guid,
    _organizationid_value: guid,
  },
};

/**
 * Refuses a user who lacks one of the two privileges, before anything is told about a row.
 *
 * @throws {Refusal} 403
 */
export function requirePrivileges(user) {
  const missing = missingPrivileges(user);
  if (missing.length > 0) throw refuse.unprivileged(user, missing);
}

/** Refuses to cancel what another user started; what others started can be read. */
export function requireInitiator(user, operation) {
  if (operation.initiator.id !== user.id) throw refuse.notTheInitiator();
}

/**
 * Answers a request for the table.
 *
 * @param {object} request
 * @param {string | undefined} key  what stands in the parentheses; undefined for the collection
 * @param {object} operations
 */
export function operationsTable(request, key, operations) {
  requirePrivileges(request.user);
  if (key === undefined) {
    if (request.method !== 'GET') throw refuse.methodNotAllowed('GET');
    const rows = operations.all().map(rowOf);
    return request.path.endsWith('/$count') ? answerCount(rows) : answerCollection(request, TABLE, rows);
  }
  const id = idOf(key);
  if (request.method === 'GET') return answerRow(request, TABLE, rowOf(existing(operations, id)));
  if (request.method === 'PATCH') return patch(request, id, operations);
  throw refuse.methodNotAllowed('GET, PATCH');
}

function patch(request, id, operations) {
  const changes = request.json();
  for (const name of Object.keys(changes)) {
    if (!Object.hasOwn(TABLE.columns, name))
      throw refuse.payload(
        `Invalid property '${name}' was found in entity 'Microsoft.Dynamics.CRM.${TABLE.entity}'.`,
      );
  }
  const operation = existing(operations, id);
  if (request.headers['if-none-match'] === '*') throw refuse.exists();
  // An elastic table would replace the row with what was sent; here the client has to name a version.
  if (request.headers['if-match'] === undefined) throw refuse.etagMissing();
  checkEtag(request.headers['if-match'], rowOf(operation));
  cancelRow(request.user, operation, changes, operations);
  const headers = { 'odata-entityid': `${request.origin}${request.path}` };
  if (request.prefer.get('return')?.value !== 'representation')
    return { status: 204, headers: { ...ODATA_HEADERS, ...headers } };
  return answerRow(request, TABLE, rowOf(operation), {
    headers: { ...headers, 'preference-applied': ['return=representation'] },
  });
}

/** Makes the one change that a client can make to a row, or refuses. */
export function cancelRow(user, operation, changes, operations) {
  if (operation.state === 3) throw refuse.terminalPatch();
  requireInitiator(user, operation);
  const { backgroundoperationstatecode: state, backgroundoperationstatuscode: status, ...rest } = changes;
  if (state !== 2 || status !== 22 || Object.keys(rest).length > 0) throw refuse.onlyCanceling();
  operations.cancel(operation);
}

/** The operation of an id, or a refusal. */
export function existing(operations, id) {
  const operation = operations.find(id);
  if (operation === undefined) throw refuse.unknownElasticRow(id);
  return operation;
}

/** A plain id, or the alternate key that names the partition too; the partition of a row is its id. */
function idOf(key) {
  const [, plain = key, partition = plain] =
    /^backgroundoperationid=([^,]+)(?:,partitionid='([^']*)')?$/.exec(key) ?? [];
  const id = guidOf(plain);
  if (id === undefined) throw refuse.malformedId(key);
  if (guidOf(partition) !== id) throw refuse.unknownElasticRow(id);
  return id;
}

/** The row of an operation: its values by column, and what else a query needs. */
export function rowOf(operation) {
  const { id, error, initiator } = operation;
  const values = {
    backgroundoperationid: id,
    backgroundoperationstatecode: operation.state,
    backgroundoperationstatuscode: operation.status,
    name: PROBE.uniquename,
    displayname: PROBE.displayname,
    inputparameters: keyValueText(operation.inputs),
    outputparameters: operation.outputs === null ? null : keyValueText(operation.outputs),
    errorcode: error === null ? null : error.code,
    errormessage: error === null ? null : error.message,
    retrycount: Math.max(0, operation.attempts - 1),
    createdon: wholeSecond(operation.createdAt),
    modifiedon: wholeSecond(operation.modifiedAt),
    starttime: wholeSecond(operation.startedAt),
    endtime: wholeSecond(operation.endedAt),
    runas: initiator.id,
    priority: 5,
    partitionid: id,
    ttlinseconds: operation.timeToLive,
    versionnumber: 638_000_000_000_000 + operation.version,
    _createdby_value: initiator.id,
    _modifiedby_value: initiator.id,
    _organizationid_value: ORGANIZATION_ID,
  };
  const tag = operation.version.toString(16).padStart(8, '0');
  return { etag: `W/"${tag}-0000-0200-0000-${id.slice(0, 8)}0000"`, sequence: operation.sequence, values };
}

function wholeSecond(milliseconds) {
  return milliseconds === null ? null : new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
