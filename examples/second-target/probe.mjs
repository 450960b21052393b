/**
 * The custom API `bgop_Probe`: what it takes, what it gives back, and one execution of it. It does
 * what the answer at its control URL says.
 */
import { guidOf, refuse } from './answers.mjs';
import { post } from './outbound.mjs';

export const PROBE = {
  uniquename: 'bgop_Probe',
  displayname: 'Background operation probe',
  parameters: {
    ControlUrl: { type: 'String', required: true },
    Payload: { type: 'String', required: false },
  },
  responses: {
    Text: 'String',
    Count: 'Integer',
    Flag: 'Boolean',
    Amount: 'Decimal',
    When: 'DateTime',
    Id: 'Guid',
  },
};

/** How long an attempt may take by the target's clock, and when it is stopped at the latest: 2:00 and 2:20. */
const ALLOWED = 120_000;
const STOPPED = 140_000;

/** What the control URL is given to answer, in real milliseconds. */
const ANSWER_LIMIT = 30_000;

/** What a memo column holds, in characters. */
const MEMO_LIMIT = 1_048_576;

const TIMED_OUT = {
  code: -2146954991,
  message: "Didn't receive a response from the bgop_Probe plug-in within the 2:20-minute limit.",
};

const READERS = {
  String: (value) => (typeof value === 'string' ? value : undefined),
  Integer: (value) => ((value | 0) === value ? value : undefined),
  Boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  Decimal: (value) => (typeof value === 'number' ? value : undefined),
  DateTime: (value) => instant(value),
  Guid: (value) => (typeof value === 'string' ? guidOf(value)?.toUpperCase() : undefined),
};

/**
 * The inputs of a call, checked as the OData layer does before anything is executed.
 *
 * @throws {Refusal} 400 for a parameter that is unknown, missing or of another type
 */
export function readInputs(body) {
  const inputs = {};
  for (const [name, value] of Object.entries(body)) {
    if (name.startsWith('@')) continue;
    if (!Object.hasOwn(PROBE.parameters, name)) {
      throw refuse.payload(
        `The parameter '${name}' in the request payload is not a valid parameter for the operation '${PROBE.uniquename}'.`,
      );
    }
    if (value === null && !PROBE.parameters[name].required) continue;
    if (typeof value !== 'string') {
      throw refuse.payload(
        `Cannot convert the literal '${JSON.stringify(value)}' of '${name}' to the expected type 'Edm.String'.`,
      );
    }
    inputs[name] = value;
  }
  for (const [name, { required }] of Object.entries(PROBE.parameters)) {
    if (required && !Object.hasOwn(inputs, name))
      throw refuse.payload(`The required parameter '${name}' is missing.`);
  }
  if (keyValueText(inputs).length > MEMO_LIMIT)
    throw refuse.payload('The inputs are longer than their column.');
  return inputs;
}

/** Inputs or outputs as the table's columns hold them: Key and Value pairs, every value a string. */
export function keyValueText(values) {
  return JSON.stringify(Object.entries(values).map(([Key, value]) => ({ Key, Value: String(value) })));
}

/**
 * Executes the probe once, and hands over what came of it: `{ outputs }` or `{ error: { code, message } }`,
 * code 0 for an error that is not the platform's. The promise settles when nothing more is to be
 * done at the present moment: an execution that continues waits in the clock, not in the promise.
 *
 * @param {object} clock
 * @param {{ inputs: object, attempt: number, id?: string }} call  id of the background operation, if it is one
 * @param {(result: object) => unknown} settle  called once; awaited
 */
export function execute(clock, { inputs, attempt, id }, settle) {
  const startedAt = clock.now();
  const elapsed = () => clock.now() - startedAt;
  const ask = async () => {
    const order = await askControl(clock, { inputs, attempt, id });
    if (elapsed() > ALLOWED) return settle({ error: TIMED_OUT });
    if (order.milliseconds === undefined) return settle(order);
    const wake = Math.min(clock.now() + order.milliseconds, startedAt + STOPPED);
    clock.at(wake, () => (elapsed() >= STOPPED ? settle({ error: TIMED_OUT }) : ask()));
  };
  return ask();
}

async function askControl(clock, { inputs, attempt, id }) {
  const json = { time: new Date(clock.now()).toISOString(), attempt };
  if (id !== undefined) json.backgroundOperationId = id;
  if (inputs.Payload !== undefined) json.payload = inputs.Payload;
  const reply = await post(inputs.ControlUrl, { json, limit: ANSWER_LIMIT });
  if (reply.failure) return broken(`could not be reached (${reply.failure}): ${reply.detail}`);
  if (reply.status !== 200) return broken(`answered ${reply.status}`);
  let order;
  try {
    order = JSON.parse(reply.text);
  } catch {
    return broken('answered something that is no JSON');
  }
  return obey(order);
}

function obey(order) {
  if (order?.outcome === 'succeed') return readOutputs(order.outputs ?? {});
  if (order?.outcome === 'fail') {
    const { errorCode: code = 0, errorMessage: message = 'The probe was told to fail.' } = order;
    if ((code | 0) !== code || typeof message !== 'string')
      return broken('told to fail with an error that is none');
    return { error: { code, message: message.slice(0, MEMO_LIMIT) } };
  }
  if (order?.outcome === 'continue' && Number.isFinite(order.milliseconds) && order.milliseconds >= 0) {
    return { milliseconds: Math.ceil(order.milliseconds) };
  }
  return broken('answered with no outcome that is known');
}

function readOutputs(given) {
  const outputs = {};
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(PROBE.responses, name)) return broken(`set '${name}', which is no response property`);
    if (value === null) continue;
    const read = READERS[PROBE.responses[name]](value);
    if (read === undefined) return broken(`set '${name}' to what is no ${PROBE.responses[name]}`);
    outputs[name] = read;
  }
  if (keyValueText(outputs).length > MEMO_LIMIT) return broken('set outputs longer than their column');
  return { outputs };
}

function broken(what) {
  return { error: { code: 0, message: `The control URL ${what}.` } };
}

/** A date in UTC with its offset written out; with more digits than a Date keeps, as it came. */
function instant(value) {
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) return undefined;
  return /\.\d{4}/.test(value) ? value : new Date(value).toISOString().replace('Z', '+00:00');
}
