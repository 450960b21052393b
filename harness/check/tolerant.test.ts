import { describe, expect, it } from 'vitest';
import { Answer } from '../answer.ts';
import { readMonitor, readRow } from '../reading.ts';
import { Blocked } from '../verdict.ts';
import { Findings } from './findings.ts';

function answerWith(body: unknown, status = 200): { answer: Answer; findings: Findings } {
  const findings = new Findings();
  const request = { method: 'GET', url: 'http://127.0.0.1/', headers: [] };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { answer: new Answer(request, { status, headers: [], body: text }, findings.note), findings };
}

const [state, status] = ['backgroundOperationStateCode', 'backgroundOperationStatusCode'];

describe('a monitor of a wrong form is read all the same, and its breach is noted once', () => {
  it.each([
    ['codes as text', { [state]: '3', [status]: '30' }, 'monitor.codes'],
    ['codes as labels', { [state]: 'Completed', [status]: 'Succeeded' }, 'monitor.codes'],
    [
      'names of the columns',
      { backgroundoperationstatecode: 3, backgroundoperationstatuscode: 30 },
      'monitor.codes',
    ],
    [
      'names with underscores',
      { background_operation_state_code: 3, background_operation_status_code: 30 },
      'monitor.codes',
    ],
    ['a misspelt name', { [state]: 3, backgroundOperationSatusCode: 30 }, 'monitor.codes'],
    ['names without their prefix', { stateCode: 3, statusCode: 30 }, 'monitor.codes'],
    ['codes one level down', { operation: { [state]: 3, [status]: 30 } }, 'monitor.codes'],
    ['a list of one', [{ [state]: 3, [status]: 30 }], 'monitor.json'],
  ])('%s', (_what, body, clause) => {
    const { answer, findings } = answerWith(body);
    expect(readMonitor(answer)).toMatchObject({ state: 3, status: 30 });
    readMonitor(answer);
    expect(findings.list().map((one) => one.clause)).toEqual([clause]);
  });

  it('another status than 200 with codes', () => {
    const { answer, findings } = answerWith({ [state]: 2, [status]: 20 }, 202);
    expect(readMonitor(answer)).toMatchObject({ state: 2, status: 20 });
    expect(findings.list()).toMatchObject([
      { clause: 'monitor.ok', reason: 'expected the monitor to answer 200, got 202' },
    ]);
  });
});

it('a monitor of the right form is read without a note', () => {
  const { answer, findings } = answerWith({ [state]: 3, [status]: 30, Text: 'done' });
  expect(readMonitor(answer).outputs).toEqual({ Text: 'done' });
  expect(findings.list()).toEqual([]);
});

it('a row whose codes are text is read, and its breach is noted', () => {
  const { answer, findings } = answerWith({
    backgroundoperationstatecode: '3',
    backgroundoperationstatuscode: '30',
  });
  expect(readRow(answer)).toMatchObject({ state: 3, status: 30 });
  expect(findings.list().map((one) => one.clause)).toEqual(['table.column-types']);
});

it.each([
  ['a monitor that is not there', '', 404, 'submit.monitor-exists'],
  ['a refusal', { error: { code: '', message: 'no' } }, 500, 'monitor.ok'],
  ['text', 'running', 200, 'monitor.json'],
  ['an object without codes', { progress: 3 }, 200, 'monitor.codes'],
])('%s blocks the check by the clause that it breaks', (_what, body, code, clause) => {
  const { answer } = answerWith(body, code);
  const reading = (): unknown => readMonitor(answer);
  expect(reading).toThrow(Blocked);
  expect(reading).toThrow(clause);
});
