/** What flows subscribe with: rows of callbackregistrations, each a URL that completions are told to. */
import { refuse } from './answers.mjs';
import { callWebhook } from './deliveries.mjs';
import { PROBE } from './probe.mjs';
import { COMPLETION_MESSAGE } from './registry-tables.mjs';

const CANCELED = 32;

/** Refuses a registration without what the connector always sends. */
export function checkCallbackRegistration({ url, scope, version, entityname, sdkmessagename }) {
  if (!/^https?:\/\/[^/?#]/i.test(url ?? ''))
    throw refuse.malformedRequest('A callback registration needs an http or https url.');
  for (const [name, value] of Object.entries({ scope, version, entityname }))
    if (value === undefined || value === null) throw refuse.malformedRequest(`${name} is missing.`);
  if (sdkmessagename !== COMPLETION_MESSAGE)
    throw refuse.malformedRequest(`Only ${COMPLETION_MESSAGE} can be registered for here.`);
}

/** Calls the URL of every registration when an operation has succeeded or failed; a cancellation is told to none. */
export async function tellFlows(clock, registry, operation) {
  if (operation.status === CANCELED) return;
  const pairs = (values) => Object.entries(values).map(([key, value]) => ({ key, value }));
  const json = {
    SdkMessage: COMPLETION_MESSAGE,
    RunAsSystemUserId: operation.initiator.id,
    InputParameters: pairs({
      PayloadType: 0,
      LocationUrl: operation.location,
      BackgroundOperationId: operation.id,
    }),
    OutputParameters: pairs({
      OperationName: PROBE.uniquename,
      BackgroundOperationStateCode: operation.state,
      BackgroundOperationStatusCode: operation.status,
    }),
  };
  const calls = registry.list('callbackregistrations').map(({ values }) => {
    const wanted = () => registry.get('callbackregistrations', values.callbackregistrationid) !== undefined;
    return callWebhook(clock, { url: values.url, json, headers: {} }, wanted, () => undefined);
  });
  await Promise.all(calls);
}
