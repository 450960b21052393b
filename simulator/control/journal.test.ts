import { describe, expect, it } from 'vitest';
import { Journal } from './journal.ts';

const exchange = (path: string, body = '', answerBody = '') => ({
  request: { method: 'GET', path, query: '', origin: '', headers: {}, prefer: [], body },
  answer: { status: 200, headers: [], body: answerBody },
  at: 0,
  durationMs: 1,
});

describe('the journal', () => {
  it('keeps the latest entries, however many come', () => {
    const journal = new Journal(10);
    for (let each = 1; each <= 1_000; each += 1) journal.add(exchange(`/${each}`));
    expect(journal.list().map(({ number }) => number)).toEqual(
      [...Array(10).keys()].map((each) => each + 991),
    );
    expect([journal.count(), journal.total]).toEqual([10, 1_000]);
  });

  it('keeps bodies within bounds, and says how long they were', () => {
    const journal = new Journal(1_000);
    for (let each = 0; each < 300; each += 1) journal.add(exchange('/', 'x'.repeat(100_000)));
    const entries = journal.list();
    expect(entries.length).toBeLessThan(130);
    expect(entries[0]?.body).toMatch(/x… \(100000 characters\)$/);
    expect(entries.reduce((sum, { body }) => sum + body.length, 0)).toBeLessThan(9 * 1024 * 1024);
  });

  it('counts heads, too', () => {
    const journal = new Journal(1_000);
    const headers = { accept: 'x'.repeat(90_000) };
    for (let each = 0; each < 300; each += 1)
      journal.add({ ...exchange('/'), request: { ...exchange('/').request, headers } });
    expect(journal.list().length).toBeLessThan(95);
  });

  it('masks what signs in', () => {
    const journal = new Journal(1);
    const headers = { authorization: 'Bearer a.b', cookie: 'c=d', accept: '*/*' };
    journal.add({ ...exchange('/'), request: { ...exchange('/').request, headers } });
    expect(journal.list()[0]?.headers).toEqual({ authorization: 'Bearer ***', cookie: '***', accept: '*/*' });
  });

  it('records nothing with no entries, until it is switched on', () => {
    expect(new Journal(0).recording).toBe(false);
    expect(new Journal(1).recording).toBe(true);
  });
});
