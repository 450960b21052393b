import { describe, expect, it } from 'vitest';
import type { PlainRequest } from '../../plain.ts';
import { UndoLog } from '../../store/undo-log.ts';
import { longestAnswers, runBatch } from './run.ts';

const part = (url: string) => `--b\r\nContent-Type: application/http\r\n\r\nGET ${url} HTTP/1.1\r\n\r\n\r\n`;
const batch = (count: number, prefer: string[] = []) => ({
  method: 'POST',
  path: '/api/data/v9.2/$batch',
  query: '',
  origin: 'http://host',
  headers: { 'content-type': 'multipart/mixed; boundary=b' },
  prefer,
  body: `${part('WhoAmI').repeat(count)}--b--\r\n`,
});
const root = 'http://host/api/data/v9.2/';
const undo = new UndoLog();

describe('runBatch', () => {
  it.each([[[]], [['odata.continue-on-error']]])(
    'ends a batch whose answers are too long together (%j)',
    async (prefer) => {
      let asked = 0;
      const answerPart = () => {
        asked += 1;
        return { status: 200, headers: [], body: 'x'.repeat(1024 * 1024) };
      };
      const { answer } = await runBatch(batch(100, prefer), root, answerPart, undo);
      expect(asked).toBe(longestAnswers / 1024 / 1024 + 1);
      expect(answer.body?.length).toBeLessThan(longestAnswers + 100_000);
      expect(answer.body).toContain('The answers of a batch may have');
    },
  );

  it('hands the depth of the batch on to its parts, whatever they say of it', async () => {
    const depths: unknown[] = [];
    const body = batch(1).body.replace('HTTP/1.1', 'HTTP/1.1\r\nx-bgop-depth: 0');
    const deep = { ...batch(1), body, headers: { ...batch(1).headers, 'x-bgop-depth': '7' } };
    const answerPart = ({ headers }: PlainRequest) => {
      depths.push(headers['x-bgop-depth']);
      return { status: 204, headers: [], body: undefined };
    };
    await runBatch(deep, root, answerPart, undo);
    expect(depths).toEqual(['7']);
  });

  it('lets others go first between two requests of a long batch', async () => {
    let others = 0;
    let over = false;
    const looking = (async () => {
      for (; !over; others += 1) await new Promise((resolve) => setImmediate(resolve));
    })();
    const answerPart = () => {
      for (const until = performance.now() + 3; performance.now() < until;);
      return { status: 200, headers: [], body: undefined };
    };
    await runBatch(batch(40), root, answerPart, undo);
    over = true;
    await looking;
    expect(others).toBeGreaterThan(8);
  });
});
