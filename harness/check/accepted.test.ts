import { describe, expect, it } from 'vitest';
import { Answer, type WireAnswer } from '../answer.ts';
import { acceptedId, idAtEndOf, monitorIn } from './accepted.ts';

const id = '6b3baca2-5097-4a36-94cb-e8c9e92439de';
const monitor = `https://contoso.example/api/backgroundoperation/${id}`;
const request = { method: 'POST', url: 'https://contoso.example/api/data/v9.2/sample_Echo', headers: [] };

function noted(headers: WireAnswer['headers'], named: string | undefined = id): string[] {
  const clauses: string[] = [];
  const answer = new Answer(request, { status: 202, headers, body: '' }, (clause) => clauses.push(clause));
  acceptedId(answer, named);
  return clauses;
}

describe('the id of an accepted operation', () => {
  it('is taken without a note where header and Location name it', () => {
    expect(
      noted([
        ['x-ms-dyn-backgroundoperationid', id],
        ['Location', monitor],
      ]),
    ).toEqual([]);
  });

  it('is taken with a note of what is wrong with the way it is named', () => {
    expect(noted([['Location', monitor]])).toEqual(['submit.id-header']);
    const row = `https://contoso.example/api/data/v9.2/backgroundoperations(${id})`;
    expect(
      noted([
        ['x-ms-dyn-backgroundoperationid', id],
        ['Location', row],
      ]),
    ).toEqual(['submit.location']);
    expect(
      noted(
        [
          ['x-ms-dyn-backgroundoperationid', '3'],
          ['Location', monitor],
        ],
        '3',
      ),
    ).toEqual(['submit.id-is-guid']);
  });

  it('blocks the check where the answer names none', () => {
    expect(() => acceptedId(new Answer(request, { status: 202, headers: [], body: '' }), undefined)).toThrow(
      'names no id',
    );
  });
});

describe('the id at the end of an address', () => {
  it('is found before marks, and in little time where there is none', () => {
    expect(idAtEndOf(`${monitor})/`)).toBe(id);
    expect(idAtEndOf(`${monitor}/outputs`)).toBeUndefined();
    const began = performance.now();
    for (let turn = 0; turn < 100; turn += 1) idAtEndOf(`${'-'.repeat(15_000)}_`);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

it('follows the first address of a monitor where Location stands twice', () => {
  const located = (...values: string[]): Answer =>
    new Answer(request, { status: 202, headers: values.map((one) => ['Location', one]), body: '' });
  expect(monitorIn(located(monitor, monitor))).toBe(monitor);
  expect(monitorIn(located('/elsewhere', monitor))).toBe(monitor);
  expect(monitorIn(located('/elsewhere'))).toBeUndefined();
});
