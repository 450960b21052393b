import { describe, expect, it } from 'vitest';
import { createKit } from './test-kit.ts';
import { operationsOf, startOf, varyOperation } from './operation-choices.ts';

describe('choices of one operation', () => {
  it('are the same for the same operation, and others for the next', () => {
    expect(varyOperation(7, 3)).toEqual(varyOperation(7, 3));
    const drawn = Array.from({ length: 50 }, (_, index) => JSON.stringify(varyOperation(7, index + 1)));
    expect(new Set(drawn).size).toBe(50);
    expect(varyOperation(8, 3)).not.toEqual(varyOperation(7, 3));
  });

  it('are made for three of four seeds', () => {
    expect([1, 2, 3, 4].map((seed) => operationsOf(seed) !== undefined)).toEqual([true, true, true, false]);
  });

  it('start some clocks in 1970', () => {
    const starts = Array.from({ length: 24 }, (_, seed) => startOf(seed));
    expect(starts).toContain(0);
    expect(new Set(starts).size).toBe(4);
  });

  it('hold for retries, codes and the looks of rows, each for its own', async () => {
    const kit = createKit(
      {
        start: 0,
        choicesOf: (sequence) =>
          sequence % 2 === 0
            ? {
                retry: { baseMs: 5_000, factor: 3, jitter: 0 },
                betweenAttempts: 'inProgress',
                dates: 'ticks',
              }
            : { retry: { baseMs: 60_000, factor: 2, jitter: 0 }, emptyOutputs: '[]' },
      },
      () => ({ outcome: 'fail', errorMessage: 'no' }),
    );
    const [one, two] = [await kit.submit(), await kit.submit()];
    await kit.advance(1);
    expect(await kit.monitor(one)).toMatchObject({ backgroundOperationStatusCode: 0 });
    expect(await kit.monitor(two)).toMatchObject({ backgroundOperationStatusCode: 20 });
    await kit.advance(20_000);
    expect(await kit.row(one)).toMatchObject({
      retrycount: 0,
      createdon: '1970-01-01T00:00:00Z',
      outputparameters: '[]',
    });
    expect(await kit.row(two)).toMatchObject({
      retrycount: 2,
      createdon: '1970-01-01T00:00:00.0000000Z',
      outputparameters: null,
    });
  });

  it('let an error of the platform be retried once', async () => {
    const kit = createKit({ choices: { platformRetries: 1 } }, () => ({
      outcome: 'fail',
      errorMessage: 'no',
      errorCode: -2147187707,
    }));
    const id = await kit.submit();
    await kit.advance(86_400_000);
    expect(kit.sent).toHaveLength(2);
    expect(await kit.monitor(id)).toMatchObject({ backgroundOperationStatusCode: 31 });
  });

  it('hide a row for real milliseconds, but not from a reader that has written', async () => {
    const kit = createKit({ choices: { rowLagRealMs: 60_000 } });
    const id = await kit.submit();
    const path = `/api/data/v9.2/backgroundoperations(${id})`;
    expect((await kit.call('GET', path)).status).toBe(404);
    const session = { headers: { 'mscrm.sessiontoken': '1' } };
    expect((await kit.call('GET', path, session)).status).toBe(200);
  });

  it.each([
    ['trimmed', 1_500, '1970-01-01T00:00:01.5Z'],
    ['trimmed', 1_000, '1970-01-01T00:00:01Z'],
    ['milliseconds', 1_000, '1970-01-01T00:00:01.000Z'],
  ] as const)('write dates %s', async (dates, start, text) => {
    const kit = createKit({ start, choices: { dates } });
    expect(await kit.row(await kit.submit())).toMatchObject({ createdon: text });
  });
});
