import { expect, it } from 'vitest';
import type { ClauseId } from '../contract/clauses.ts';
import { collectChecks } from '../harness/runner.ts';
import { usualAnswers, type AnswerForm, type CallForm } from '../simulator/http/forms.ts';
import { withCharges } from '../reports/charges.ts';
import { contractBehaviour } from '../simulator/behaviour.ts';
import { edit, editSent, type BehaviourEdit } from '../simulator/decision-edits.ts';
import { editJson } from '../simulator/edit.ts';
import { jsonObject } from '../simulator/plain.ts';
import type { SimulatorOptions } from '../simulator/simulator.ts';
import { differentlyRight } from './differently-right.ts';
import { overHttp } from './over-http.ts';
import { isAbout } from './real-time.ts';
import { suiteFiles } from './suite-files.ts';

const checks = await collectChecks(suiteFiles());

/** Demands that a target which is right passes the checks of some clauses, and that these decide something. */
async function expectNoAlarm(clauses: readonly ClauseId[], simulator: SimulatorOptions): Promise<void> {
  const about = checks.filter((check) => clauses.some((id) => isAbout(check, id)));
  // What a check meets on its way is charged to its clause, as in a report.
  const results = withCharges(await overHttp(about, simulator));
  const wrong = results.filter(({ outcome }) => outcome !== 'passed' && outcome !== 'not-tested');
  expect(wrong.map(({ clause, title, reason }) => ({ clause, title, reason }))).toEqual([]);
  const decided = new Set(results.filter(({ outcome }) => outcome === 'passed').map(({ clause }) => clause));
  expect([...decided]).toEqual(expect.arrayContaining([...clauses]));
}

// Each of these was once called broken, or left open: virtual time was let pass for a row that was late in real
// time, and by then the retry had run.
it('holds nothing against a target that is right in every other way', async () => {
  const clauses = [
    'cancel.ways-are-equal',
    'cancel.no-retry-while-waiting',
    'table.no-endtime-before-end',
  ] as const;
  await expectNoAlarm(clauses, differentlyRight(50));
}, 120_000);

it('holds nothing against legal forms of answers and calls over HTTP', async () => {
  const answers: AnswerForm = {
    ...usualAnswers,
    body: 'bytes',
    interim: [102, 103],
    spaces: true,
    dateSkewMs: -86_400_000,
  };
  const calls: CallForm = { body: 'expect', headerCasing: 'upper', charset: 'always' };
  await expectNoAlarm(
    ['callback.json', 'callback.accepted-body', 'flow.header-alone', 'monitor.outputs-on-success'],
    {
      choices: { answers, calls, headerAlone: 'noContent' },
    },
  );
}, 120_000);

/** A simulator that decides some things otherwise, and is right all the same. */
const deciding = (change: BehaviourEdit): SimulatorOptions => ({
  behaviour: { ...contractBehaviour, ...change(contractBehaviour) },
});

it('holds nothing against a web server that refuses with its own page what no target has to serve', async () => {
  const refuses = edit('answer', (answer, { method, path }) =>
    method !== 'DELETE' && /\/serviceendpoints\([^)]+\)$/.test(path)
      ? {
          status: 405,
          headers: [
            ['Allow', 'DELETE'],
            ['Content-Type', 'text/html'],
          ],
          body: '<!doctype html><title>405 Method Not Allowed</title>',
        }
      : answer,
  );
  await expectNoAlarm(['submit.only-custom-api'], deciding(refuses));
}, 120_000);

it('holds nothing against a step that is asynchronous because it cannot be anything else', async () => {
  const showsNone = edit('answer', (answer, { method, path }) =>
    method === 'GET' && path.includes('/sdkmessageprocessingsteps(')
      ? editJson(answer, (body) => ({ ...body, mode: null }))
      : answer,
  );
  const needsNone = edit('request', (request) => {
    const body = request.path.endsWith('/sdkmessageprocessingsteps') ? jsonObject(request.body) : undefined;
    return body === undefined ? request : { ...request, body: JSON.stringify({ mode: 1, ...body }) };
  });
  const both: BehaviourEdit = (contract) => ({ ...showsNone(contract), ...needsNone(contract) });
  await expectNoAlarm(['event.async-only'], deciding(both));
}, 120_000);

it('holds nothing against an answer at once where respond-async comes with a time to wait for it', async () => {
  // RFC 7240, 4.3: what is done in that time is answered synchronously.
  const waits = edit('preferences', (read, { prefer }) => ({
    ...read,
    respondAsync: read.respondAsync && !/\bwait=/.test(prefer.join()),
  }));
  await expectNoAlarm(['prefer.any-position'], deciding(waits));
}, 120_000);

it('leaves nothing open where the probe knows neither which attempt it is in nor of which operation', async () => {
  // The target interface demands `time` alone: a real plug-in may not know the others.
  const knowsLittle = editSent('probe', (sent) => ({
    ...sent,
    body: JSON.stringify({ ...jsonObject(sent.body), attempt: undefined, backgroundOperationId: undefined }),
  }));
  await expectNoAlarm(['retry.at-most-three', 'retry.same-operation'], deciding(knowsLittle));
}, 120_000);

it('leaves nothing open where a retry comes after so long that its time is over within one move of the clock', async () => {
  const patient = { choices: { retry: { baseMs: 700_000, factor: 4, jitter: 0 }, retryTimeOuts: false } };
  await expectNoAlarm(['cancel.no-retry', 'cancel.running-accepted', 'retry.count'], patient);
}, 120_000);

it('leaves nothing open where the probe tells no payload', async () => {
  const untold = editSent('probe', (sent) => ({
    ...sent,
    body: JSON.stringify({ ...jsonObject(sent.body), payload: null }),
  }));
  await expectNoAlarm(['retry.same-inputs', 'monitor.own-outputs'], deciding(untold));
}, 120_000);
