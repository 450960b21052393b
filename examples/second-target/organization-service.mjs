/** The organization service, `/XRMServices/2011/Organization.svc/web`: the same operations for the SDK for .NET. */
import { guidOf, Refusal, refuse } from './answers.mjs';
import { cancelRow, existing, requirePrivileges, rowOf, TABLE } from './operations-table.mjs';
import { execute, PROBE, readInputs } from './probe.mjs';
import {
  child,
  entity,
  executed,
  fault,
  messageOf,
  pair,
  pairs,
  readEnvelope,
  responded,
  samePair,
  STRING,
} from './soap.mjs';
import { BUSINESS_UNIT_ID, ORGANIZATION_ID } from './users.mjs';

const PATH = /^\/xrmservices\/2011\/organization\.svc\/web$/i;
/** A custom API that gives back what it is given; only here, since the Web API has other values for it. */
const ECHO = 'st_Echo';

const KIND_OF_TYPE = {
  guid: 'Guid',
  string: 'String',
  number: 'Integer',
  datetime: 'DateTime',
  picklist: 'Picklist',
};

/** Answers a request for the service, or undefined when it is for something else. */
export async function organizationService(request, parts) {
  if (!PATH.test(request.path)) return undefined;
  if (request.method !== 'POST') throw refuse.methodNotAllowed('POST');
  try {
    return await perform(request, read(request.text), parts);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return fault(Number(error.code === '' ? '0x80040216' : error.code) | 0, error.message, parts.clock.now());
  }
}

function read(text) {
  try {
    return readEnvelope(text);
  } catch (error) {
    throw refuse.malformedRequest(`The message cannot be read: ${error.message}.`);
  }
}

function perform(request, { operation, argument }, parts) {
  if (operation === 'Execute') return executeMessage(request, messageOf(argument('request')), parts);
  if (operation === 'Retrieve') {
    const columns = argument('columnSet');
    const id = argument('id')?.text.trim();
    return responded(operation, retrieved(request, argument('entityName')?.text.trim(), id, columns, parts));
  }
  if (operation === 'Update') {
    updated(request, argument('entity'), parts);
    return responded(operation);
  }
  throw refuse.notImplemented(`The operation ${operation}`);
}

async function executeMessage(request, message, parts) {
  if (message === undefined) throw refuse.malformedRequest('The request has no RequestName.');
  const { name, parameters } = message;
  if (name === PROBE.uniquename)
    return executed(name, outputPairs(await runNow(inputsOf(message), parts.clock)));
  if (name === 'ExecuteBackgroundOperation') return executed(name, submitted(request, message, parts));
  if (name === ECHO)
    return executed(
      name,
      [...parameters].map(([key, value]) => samePair(key, value)),
    );
  if (name === 'WhoAmI') return executed(name, whoAmI(request));
  if (name === 'Update') {
    updated(request, parameters.get('Target'), parts);
    return executed(name, [], 'UpdateResponse');
  }
  if (name === 'Retrieve') {
    const target = parameters.get('Target');
    const row = retrieved(request, tableOf(target), idOf(target), parameters.get('ColumnSet'), parts);
    return executed(name, [pair('Entity', 'Entity', row)], 'RetrieveResponse');
  }
  throw refuse.notImplemented(`The message ${name}`);
}

function submitted({ user, origin }, { parameters }, { operations }) {
  requirePrivileges(user);
  const nested = messageOf(parameters.get('Request'));
  if (nested === undefined)
    throw refuse.malformedRequest(
      "Required field 'Request' is missing for RequestName='ExecuteBackgroundOperation'",
    );
  if (nested.name !== PROBE.uniquename)
    throw refuse.malformedRequest(`${nested.name} is no custom API: it cannot run in the background.`);
  const callbackUrl = parameters.get('CallbackUri')?.text.trim() || null;
  const { id, location } = operations.submit({
    inputs: inputsOf(nested),
    initiator: user,
    callbackUrl,
    origin,
  });
  return [pair('Location', 'String', location), pair('BackgroundOperationId', 'Guid', id)];
}

/** The inputs as the Web API has them in JSON; what is no String is none of the probe's. */
function inputsOf({ parameters }) {
  const value = (element) =>
    element.nil ? null : element.type === STRING ? element.text : { type: element.type };
  return readInputs(Object.fromEntries([...parameters].map(([name, element]) => [name, value(element)])));
}

function runNow(inputs, clock) {
  return new Promise((resolve, reject) => {
    execute(clock, { inputs, attempt: 1 }, ({ outputs, error }) =>
      error === undefined ? resolve(outputs) : reject(new Refusal(500, error.code, error.message)),
    ).catch(reject);
  });
}

function outputPairs(outputs) {
  return Object.entries(PROBE.responses).map(([name, kind]) => pair(name, kind, outputs[name] ?? null));
}

function whoAmI({ user }) {
  const ids = { UserId: user.id, BusinessUnitId: BUSINESS_UNIT_ID, OrganizationId: ORGANIZATION_ID };
  return Object.entries(ids).map(([name, id]) => pair(name, 'Guid', id));
}

const tableOf = (target) => child(target, 'LogicalName')?.text.trim();
const idOf = (target) => child(target, 'Id')?.text.trim();

function operationOf({ user }, table, id, { operations }) {
  if (table !== TABLE.entity) throw refuse.notImplemented(`The table ${table}`);
  requirePrivileges(user);
  const known = guidOf(id ?? '');
  if (known === undefined) throw refuse.malformedId(id);
  return existing(operations, known);
}

/** A row with the columns that are asked for, those without a value too. */
function retrieved(request, table, id, columnSet, parts) {
  const { values } = rowOf(operationOf(request, table, id, parts));
  const all = child(columnSet, 'AllColumns')?.text.trim() === 'true';
  const wanted = new Set((child(columnSet, 'Columns')?.children ?? []).map(({ text }) => text.trim()));
  const attributes = [];
  const labels = [];
  for (const [column, { type, labels: names }] of Object.entries(TABLE.columns)) {
    const lookup = /^_(.+)_value$/.exec(column)?.[1];
    const name = lookup ?? column;
    const value = values[column] ?? null;
    if (!all && !wanted.delete(name) && name !== TABLE.key) continue;
    // Numbers beyond 32 bits are BigInts; the only one is the row's version.
    const kind = lookup ? 'Lookup' : column === 'versionnumber' ? 'Long' : KIND_OF_TYPE[type];
    attributes.push([name, kind, value]);
    if (names !== undefined) labels.push([name, names[value]]);
  }
  if (!all && wanted.size > 0) throw refuse.unknownColumn([...wanted].join(', '), TABLE.entity);
  return entity({ logicalName: TABLE.entity, id: values[TABLE.key], attributes, labels });
}

function updated(request, target, parts) {
  const operation = operationOf(request, tableOf(target), idOf(target), parts);
  const changes = {};
  for (const [name, element] of pairs(child(target, 'Attributes'))) {
    const code = child(element, 'Value')?.text.trim();
    changes[name] = code === undefined ? element.text : Number(code);
  }
  cancelRow(request.user, operation, changes, parts.operations);
}
