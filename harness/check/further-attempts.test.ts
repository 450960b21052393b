import { describe, expect, it } from 'vitest';
import type { Received } from '../../record/evidence.ts';
import { furtherAttempts } from './further-attempts.ts';

const id = '6b3baca2-5097-4a36-94cb-e8c9e92439de';

function calls(...attempts: readonly (number | undefined)[]): Received[] {
  return attempts.map((attempt) => ({
    kind: 'received',
    at: '2026-01-01T00:00:00.000Z',
    purpose: 'probe',
    method: 'POST',
    url: '/bgop/x',
    headers: [],
    body: { text: JSON.stringify({ time: '2026-01-01T00:00:00.000Z', attempt, backgroundOperationId: id }) },
    answered: '200',
  }));
}

describe('attempts beyond the fourth', () => {
  it('are charged where the probe names the attempt', () => {
    expect(furtherAttempts(calls(1, 2, 3, 4, 5))).toEqual([
      { clause: 'retry.at-most-three', reason: `5 attempts of ${id} began` },
    ]);
  });

  it.each([
    ['four attempts, each asking twice', calls(1, 1, 2, 2, 3, 3, 4, 4)],
    ['calls that name no attempt', calls(undefined, undefined, undefined, undefined, undefined)],
    ['callbacks', calls(1, 2, 3, 4, 5).map((one): Received => ({ ...one, purpose: 'callback' }))],
  ])('are not seen in %s', (_, evidence) => {
    expect(furtherAttempts(evidence)).toEqual([]);
  });

  it('are counted for each operation by itself', () => {
    const other = calls(3, 4, 5).map((one): Received => ({
      ...one,
      body: { text: one.body.text.replace('6b3b', '7c4c') },
    }));
    expect(furtherAttempts([...calls(1, 2), ...other])).toEqual([]);
  });
});
