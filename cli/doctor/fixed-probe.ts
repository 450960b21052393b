import type { ProbeConfig } from '../../harness/config.ts';
import { interceptionOf } from '../reach/intermediary.ts';
import { describeCustomApi } from './custom-api.ts';
import { ok, skipped, unready, wrong, type SeenByDoctor } from './finding.ts';
import { as, isRefusal, type Patient } from './patient.ts';
import { cancelIfStarted } from './probe-async.ts';

/** A custom API may take its time. */
const answerMs = 60_000;

/** Executing somebody's custom API could have any effect, so it is only looked for. */
export async function fixedProbe(
  patient: Patient,
  { succeeds, fails }: Extract<ProbeConfig, { kind: 'fixed' }>,
): Promise<SeenByDoctor> {
  const names = [succeeds.name, ...(fails === undefined ? [] : [fails.name])];
  for (const name of names) {
    const described = await describeCustomApi(patient, name);
    if (described.kind === 'absent') {
      return wrong(`the target has no custom API ${name}`, 'Correct the name in target.probe.');
    }
    if (described.kind === 'unknown') {
      return skipped(`customapis cannot be read, and ${name} is not called for a try`);
    }
  }
  return ok(`${names.join(' and ')} exist; they were not called`);
}

/**
 * Whether the custom API that succeeds is there: a run executes it again and again, so that one execution
 * more is no matter. What it answers is for checks to judge.
 */
export async function executeFixedProbe(patient: Patient): Promise<SeenByDoctor> {
  const { probe } = patient.target.config.target;
  if (probe.kind !== 'fixed') return skipped('target.probe is not "fixed"');
  const { name, body } = probe.succeeds;
  const answer = await as(patient, 'initiator').api('POST', name, { body, timeoutMs: answerMs });
  await cancelIfStarted(patient, answer);
  const intercepted = interceptionOf(answer);
  if (intercepted !== undefined) {
    const { told, advice, passes } = intercepted;
    return unready(told, advice, passes ? 'starting' : 'misconfigured');
  }
  if (answer.status === 404)
    return unready(
      `${name} does not exist: ${answer.describe()}`,
      'Correct the name in target.probe.',
      'starting',
    );
  if (isRefusal(answer))
    return unready(`POST ${name}: ${answer.describe()}`, `Allow the initiator to execute ${name}.`);
  return ok(`${name} exists`);
}
