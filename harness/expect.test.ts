import { describe, expect as demand, it } from 'vitest';
import { Answer } from './answer.ts';
import { expect } from './expect.ts';
import { cameFrom } from './origin.ts';
import { readMonitor } from './reading.ts';
import { Broken } from './verdict.ts';

const request = { method: 'GET', url: 'https://target.test/', headers: [] };
const body = { backgroundOperationStateCode: 3, backgroundOperationStatusCode: 30, Text: 'done', rows: [{}] };
const answer = new Answer(
  request,
  { status: 200, headers: [['ETag', '"1"']], body: JSON.stringify(body) },
  undefined,
  7,
);

/** The mismatch that an expectation leaves behind. */
function mismatchOf(expectation: () => void): unknown {
  try {
    expectation();
  } catch (error) {
    if (error instanceof Broken) return error.evidence[0];
    throw error;
  }
  return undefined;
}

describe('a mismatch', () => {
  it('names the exchange and the member of an answer, of its body and of what was read from it', () => {
    demand(mismatchOf(() => expect(answer, 'status', 'the status of GET').toBe(404))).toEqual({
      kind: 'mismatch',
      subject: 'the status of GET',
      expected: '404',
      actual: '200',
      exchange: 7,
      member: 'status',
    });
    const object = answer.object() ?? {};
    demand(mismatchOf(() => expect(object, 'Text', 'the output').toBe('x'))).toMatchObject({
      exchange: 7,
      member: 'Text',
    });
    demand(mismatchOf(() => expect(readMonitor(answer).outputs, 'Text', 'it').toBe('x'))).toMatchObject({
      exchange: 7,
    });
    demand(mismatchOf(() => expect('"1"', 'ETag', answer.at('ETag')).toBe('"2"'))).toMatchObject({
      exchange: 7,
      member: 'ETag',
    });
    demand(mismatchOf(() => expect('(3,30)', 'the codes', readMonitor(answer)).toBe(''))).toMatchObject({
      exchange: 7,
    });
  });

  it('of a number of deliveries names the last of them', () => {
    const deliveries = [{ exchange: 3 }, { exchange: 5 }];
    const mismatch = mismatchOf(() => expect(deliveries, 'length', 'the number of callbacks').toBe(1));
    demand(mismatch).toMatchObject({ actual: '2', exchange: 5 });
    demand(mismatch).not.toHaveProperty('member');
  });

  it('names none where the value came from nowhere, whatever members a target sends', () => {
    demand(mismatchOf(() => expect(1, 'it').toBe(2))).not.toHaveProperty('exchange');
    demand(mismatchOf(() => expect([], 'length', 'it').toBe(2))).not.toHaveProperty('exchange');
    const sent = cameFrom({ exchange: 99, member: 'other' }, 7);
    demand(mismatchOf(() => expect(sent, 'member', 'it').toBe('x'))).toMatchObject({
      exchange: 7,
      member: 'member',
    });
  });
});
