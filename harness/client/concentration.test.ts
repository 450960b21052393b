import { beforeEach, describe, expect, it } from 'vitest';
import { Concentration } from './concentration.ts';

const what = 'a gateway in front of the target answered 500 (text/plain)';
let where: Concentration;

beforeEach(() => {
  where = new Concentration();
});

/** Requests of two shapes by turns; those that are bad at first heal. */
function ask(times: number, bad: (index: number) => readonly string[]): void {
  for (let index = 0; index < times; index += 1) {
    for (const shape of ['GET monitor', 'GET row']) where.asked(shape);
    for (const shape of bad(index)) where.healed(shape, what);
  }
}

describe('where bad answers fall that heal', () => {
  it('is one kind of request where the target itself gives them', () => {
    ask(40, (index) => (index % 2 === 0 ? ['GET monitor'] : []));
    expect(where.isOwn('GET monitor', what)).toBe(true);
    expect(where.isOwn('GET row', what)).toBe(false);
    expect(where.isOwn('GET monitor', 'something else')).toBe(false);
  });

  it('is any request where something in between gives them', () => {
    ask(400, (index) => (index % 20 === 0 ? ['GET monitor'] : index % 70 === 0 ? ['GET row'] : []));
    expect(where.isOwn('GET monitor', what)).toBe(false);
  });

  it('tells nothing where they are few, or nearly every request is of that kind', () => {
    ask(10, (index) => (index < 7 ? ['GET monitor'] : []));
    expect(where.isOwn('GET monitor', what)).toBe(false);
    where = new Concentration();
    for (let index = 0; index < 50; index += 1) {
      where.asked('GET monitor');
      where.healed('GET monitor', what);
    }
    expect(where.isOwn('GET monitor', what)).toBe(false);
  });
});

it('knows what was met on requests of another shape', () => {
  const where = new Concentration();
  where.healed('GET monitor', '404 (text/plain)');
  expect(where.metElsewhere('POST probe', '404 (text/plain)')).toBe(true);
  expect(where.metElsewhere('GET monitor', '404 (text/plain)')).toBe(false);
  expect(where.metElsewhere('POST probe', '404 (application/json)')).toBe(false);
});
