import { describe, expect, it } from 'vitest';
import type { Advanced, Exchange } from '../../record/evidence.ts';
import { forbiddenChanges } from './forbidden-changes.ts';

const id = '6b3baca2-5097-4a36-94cb-e8c9e92439de';
const monitor = `/api/backgroundoperation/${id}`;
const row = `/api/data/v9.2/backgroundoperations(${id})`;

/** Exchanges one after another: what was asked, and what the answer showed. */
function history(...asked: readonly (readonly [path: string, codes: string, body?: object])[]): Exchange[] {
  return asked.map(([path, codes, body], index) => {
    const [state, status] = codes.split(',').map(Number);
    const shown = path.includes('(')
      ? { backgroundoperationstatecode: state, backgroundoperationstatuscode: status }
      : { backgroundOperationStateCode: state, backgroundOperationStatusCode: status };
    return {
      kind: 'exchange',
      at: '2026-01-01T00:00:00.000Z',
      durationMs: 1,
      principal: 'initiator',
      order: { from: 2 * index + 1, to: 2 * index + 2 },
      request: {
        method: body === undefined ? 'GET' : 'PATCH',
        url: `https://contoso.example${path}`,
        headers: [['If-Match', '*']],
        ...(body === undefined ? {} : { body: { text: JSON.stringify(body) } }),
      },
      response: { status: 200, headers: [], body: { text: JSON.stringify(shown) } },
    };
  });
}

const clausesOf = (...evidence: Parameters<typeof forbiddenChanges>[0][number][]): string[] =>
  forbiddenChanges(evidence).map(({ clause }) => clause);

describe('changes that the lifecycle forbids', () => {
  it.each([
    ['3,30', '2,20', 'state.terminal-is-final'],
    ['3,31', '0,0', 'state.terminal-is-final'],
    ['3,32', '3,30', 'state.terminal-is-final'],
    ['2,22', '2,20', 'state.legal-history'],
    ['2,22', '0,0', 'state.legal-history'],
  ])('(%s), then (%s)', (from, to, clause) => {
    expect(clausesOf(...history([monitor, from], [monitor, to]))).toEqual([clause]);
  });

  it.each([
    ['0,0', '3,30'],
    ['2,20', '0,0'],
    ['2,22', '3,31'],
    ['3,30', '3,30'],
    ['3,30', '7,70'],
  ])('are not (%s), then (%s)', (from, to) => {
    expect(clausesOf(...history([monitor, from], [monitor, to]))).toEqual([]);
  });

  it('are seen on a row only when it cannot be one that lags behind', () => {
    const [first, second] = history([row, '3,30'], [row, '2,20']) as [Exchange, Exchange];
    const advanced = (milliseconds: number): Advanced => ({
      kind: 'advanced',
      at: first.at,
      milliseconds,
      now: first.at,
      durationMs: 1,
    });
    expect(clausesOf(first, advanced(4_000), second)).toEqual([]);
    expect(clausesOf(first, advanced(60_000), second)).toEqual(['state.terminal-is-final']);
  });

  it('are not seen of requests that were under way together', () => {
    const [first, second] = history([monitor, '3,30'], [monitor, '2,20']) as [Exchange, Exchange];
    expect(clausesOf(first, { ...second, order: { from: 1, to: 4 } })).toEqual([]);
  });

  it('are not those that the suite may have brought about by writing to the row', () => {
    const between = (state: number, status: number): string[] =>
      clausesOf(
        ...history(
          [monitor, '3,32'],
          [row, '', { backgroundoperationstatecode: state, backgroundoperationstatuscode: status }],
          [monitor, '2,20'],
        ),
      );
    expect(between(2, 20)).toEqual([]);
    expect(between(2, 22)).toEqual(['state.terminal-is-final']);
  });

  it('are not those of two operations that were given one id', () => {
    const [first, second] = history([monitor, '3,30'], [monitor, '2,20']) as [Exchange, Exchange];
    const accepted: Exchange = {
      ...first,
      request: { method: 'POST', url: 'https://contoso.example/api/data/v9.2/probe', headers: [] },
      response: { status: 202, headers: [['x-ms-dyn-backgroundoperationid', id]] },
    };
    expect(clausesOf(accepted, first, second)).toEqual(['state.terminal-is-final']);
    expect(clausesOf(accepted, first, accepted, second)).toEqual([]);
  });
});
