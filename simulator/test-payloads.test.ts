import { describe, expect, it } from 'vitest';
import type { PlainRequest } from './plain.ts';
import { answerProblems, outboundProblems } from './test-payloads.ts';

const request = (method: string, path: string): PlainRequest => ({
  method,
  path,
  query: '',
  origin: 'https://contoso.example',
  headers: {},
  prefer: [],
  body: '',
});
const answer = (status: number, body: object) => ({ status, headers: [], body: JSON.stringify(body) });

describe('the payloads of the simulator’s tests', () => {
  it('are refused where a monitor lacks what its state demands', () => {
    const failed = { backgroundOperationStateCode: 3, backgroundOperationStatusCode: 31 };
    const problems = answerProblems(request('GET', '/api/backgroundoperation/1'), answer(200, failed));
    expect(problems.join('\n')).toContain('monitor-failed: the payload has no backgroundOperationErrorCode');
  });

  it('are refused where an error has no error object', () => {
    const flat = answer(404, { message: 'gone' });
    expect(answerProblems(request('GET', '/api/data/v9.2/backgroundoperations(1)'), flat)).not.toEqual([]);
  });

  it('are refused where a callback carries no codes', () => {
    const sent = { method: 'POST', url: 'http://listener/', headers: [], body: '{}', timeoutMs: 1 } as const;
    expect(outboundProblems({ ...sent, purpose: 'callback' })).not.toEqual([]);
    expect(outboundProblems({ ...sent, purpose: 'probe', body: '{"time":1}' })).not.toEqual([]);
  });
});
