import type { Answer } from '../../harness/answer.ts';
import type { ProbeConfig } from '../../harness/config.ts';
import { Channel } from '../../harness/listener.ts';
import { succeed } from '../../harness/plan.ts';
import { newRunId } from '../../harness/run-id.ts';
import { TransportError } from '../../harness/verdict.ts';
import { interceptionOf } from '../reach/intermediary.ts';
import { mayPass } from '../reach/advice.ts';
import { describeCustomApi } from './custom-api.ts';
import { ok, unready, wrong, type SeenByDoctor } from './finding.ts';
import { fixedProbe } from './fixed-probe.ts';
import { cancelIfStarted, reachedAsync } from './probe-async.ts';
import { as, isRefusal, type Patient } from './patient.ts';

/** A target gives the listener 30 s, so its own answer may take a little longer. */
const answerMs = 60_000;

/** Whether the probe is installed, and gets its orders from the listener. */
export function lookAtProbe(patient: Patient): Promise<SeenByDoctor> {
  const { probe } = patient.target.config.target;
  return probe.kind === 'control' ? controlProbe(patient, probe) : fixedProbe(patient, probe);
}

/** One synchronous execution: it leaves nothing in the target, and goes all the way to the listener. */
async function controlProbe(
  patient: Patient,
  { customApi, displayName }: Extract<ProbeConfig, { kind: 'control' }>,
): Promise<SeenByDoctor> {
  const { listener } = patient.target;
  const text = `bgop doctor ${newRunId()}`;
  const orders = JSON.stringify(succeed({ Text: text }));
  const channel = new Channel('probe', () => ({ status: 200, body: orders }));
  const { url, key } = listener.open(channel);
  const asked = (): boolean => channel.deliveries.length > 0;
  try {
    const body = { ControlUrl: url };
    const answer = await as(patient, 'initiator').api('POST', customApi, { body, timeoutMs: answerMs });
    await cancelIfStarted(patient, answer);
    if (answer.status === 202) return becameOperation(customApi);
    if (answer.status === 200 && asked() && answer.object()?.['Text'] === text) {
      return await namedAsConfigured(patient, customApi, displayName, listener.base);
    }
    const intercepted = interceptionOf(answer) !== undefined;
    if (asked() && !intercepted) return disobeys(answer, customApi);
    const never = neverAsked(answer, customApi, listener.base);
    // Where it is asked from an operation, it is the synchronous execution that breaks the contract.
    if (never.unready === undefined || !(await reachedAsync(patient, customApi))) return never;
    return wrong(never.told, never.mend);
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    return asked()
      ? wrong(`${customApi} asked for its orders, but ${error.message}`, 'Look into the log of the target.')
      : unready(
          `${customApi} does not answer: ${error.message}`,
          reachable(listener.base),
          mayPass(error.message) ? 'starting' : 'misconfigured',
        );
  } finally {
    listener.close(key);
  }
}

/** The operation should not be there at all; so at least it is not left waiting. */
function becameOperation(customApi: string): SeenByDoctor {
  return wrong(
    `${customApi} was made an operation (202) although the call did not ask for it; it is canceled`,
    'Without Prefer: respond-async the call has to be executed at once.',
  );
}

function disobeys(answer: Answer, customApi: string): SeenByDoctor {
  return wrong(
    `${customApi} asked for its orders and did not obey: ${answer.describe()}`,
    'It has to answer 200 with the outputs that it was told to set. Is it the probe of this version?',
  );
}

function neverAsked(answer: Answer, customApi: string, base: string): SeenByDoctor {
  const intercepted = interceptionOf(answer);
  if (intercepted !== undefined) {
    const { told, advice, passes } = intercepted;
    return unready(told, advice, passes ? 'starting' : 'misconfigured');
  }
  const told = `POST ${customApi} without a call to the listener: ${answer.describe()}`;
  if (answer.status === 404) {
    return unready(
      `${customApi} is not installed: ${answer.describe()}`,
      'Install the probe (bgop probe install), set target.probe.customApi to its name, or use {"kind":"fixed"}.',
      'starting',
    );
  }
  if (isRefusal(answer)) return unready(told, `Allow the initiator to execute ${customApi}.`);
  if (answer.ok)
    return unready(
      told,
      `${customApi} is not a probe: it has to ask ControlUrl what to do. ${reachable(base)}`,
    );
  return unready(told, reachable(base));
}

function reachable(base: string): string {
  return `The target has to reach ${base}: set listener.publicUrl to a tunnel, or listener.host to an address that the target knows.`;
}

async function namedAsConfigured(
  patient: Patient,
  customApi: string,
  displayName: string,
  base: string,
): Promise<SeenByDoctor> {
  const described = await describeCustomApi(patient, customApi);
  const actual = described.kind === 'found' ? described.displayName : displayName;
  if (actual === displayName) return ok(`${customApi} works, and reaches the listener at ${base}`);
  return wrong(
    `${customApi} works, but is called "${actual}" and not "${displayName}"`,
    'Set target.probe.displayName to what the custom API is called.',
  );
}
