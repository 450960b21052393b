/** The status monitor, `/api/backgroundoperation/{id}`, and what it shares with callbacks. */
import { guidOf, plain, refuse } from './answers.mjs';
import { requireInitiator, requirePrivileges } from './operations-table.mjs';
import { PROBE } from './probe.mjs';

const METHODS = 'GET, HEAD, DELETE';

/**
 * State, status and, once an attempt has failed, the latest error: the members that monitor and
 * callback have in common. An error stays to be seen after a retry that succeeded.
 */
export function statusMembers({ state, status, error }) {
  const members = { backgroundOperationStateCode: state, backgroundOperationStatusCode: status };
  if (error === null) return members;
  return {
    ...members,
    backgroundOperationErrorCode: error.code,
    backgroundOperationErrorMessage: error.message,
  };
}

/** Answers a request for the monitor of the operation whose id stands in the path. */
export function monitor(request, idText, operations) {
  if (!['GET', 'HEAD', 'DELETE'].includes(request.method)) throw refuse.methodNotAllowed(METHODS);
  requirePrivileges(request.user);
  const id = guidOf(idText);
  if (id === undefined) throw refuse.malformedId(idText);
  const operation = operations.find(id);
  if (operation === undefined) throw refuse.unknownElasticRow(id);
  if (request.method !== 'DELETE')
    return plain(200, { ...outputMembers(operation), ...statusMembers(operation) });
  if (operation.state === 3) throw refuse.terminalDelete();
  requireInitiator(request.user, operation);
  operations.cancel(operation);
  return plain(200, { backgroundOperationStateCode: 2, backgroundOperationStatusCode: 22 });
}

/** After success every response property: null when it was not set. */
function outputMembers({ outputs }) {
  if (outputs === null) return {};
  return Object.fromEntries(Object.keys(PROBE.responses).map((name) => [name, outputs[name] ?? null]));
}
