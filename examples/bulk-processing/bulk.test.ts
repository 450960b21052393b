import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, inject, it } from 'vitest';
import type { RunningServer } from '../../simulator/server.ts';
import type { FaultRule } from '../../simulator/simulator.ts';
import { processInBulk, type BulkResult, type Progress } from './bulk.ts';
import { contactOf, isBroken, segmentOf } from './contacts.ts';
import { ledgerOf, startOrganization } from './organization.ts';
import { bulkPicture } from './picture.ts';
import { isWhole, reportOf } from './report.ts';

const rows = inject('thorough') ? 5_001 : 1_001;
const batchRows = 10;
const batches = Math.ceil(rows / batchRows);
const broken = Array.from({ length: batches }, (_, batch) => batch).filter(isBroken);

describe('processing in bulk', () => {
  let server: RunningServer | undefined;
  afterEach(() => server?.close());

  it('does each batch once, bounded in flight, reports what failed, and loses nothing', async () => {
    const started = await startOrganization(rows, 1, 1);
    server = started.server;
    const { api, written } = started.segmentation;
    const match = { path: `/api/data/v9.2/${api.uniqueName}` };
    server.simulator.control.faults.add({ match, skip: 10, times: 2, cut: true, when: 'after' });
    server.simulator.control.faults.add({ match, skip: 20, times: 1, status: 503 });
    const seen: Progress[] = [];
    const options = { organization: server.url, customApi: api.uniqueName, rows, batchRows, inFlight: 60 };
    const result = await processInBulk({ ...options, onProgress: (progress) => seen.push(progress) });
    await server.simulator.sent();

    expect(result).toMatchObject({
      ...{ batches, submitted: batches, inFlight: 0 },
      ...{ succeeded: batches - broken.length, failed: broken.length },
    });
    expect(result.failures).toEqual(
      broken.map((batch) => {
        const firstRow = batch * batchRows;
        return { batch, firstRow, reason: `Row ${firstRow} of batch ${batch} has no consent date.` };
      }),
    );
    const never = broken.length * batchRows;
    expect(ledgerOf(written)).toEqual({ never, once: rows - never, more: 0 });
    const good = Array.from({ length: rows }, (_, id) => id).filter(
      (id) => !isBroken(Math.floor(id / batchRows)),
    );
    expect(result.loyal).toBe(good.filter((id) => segmentOf(contactOf(id)) === 'loyal').length);
    expect(result.mostInFlight).toBeLessThanOrEqual(60);
    expect(result.lostAnswers).toBe(2);
    expect(seen.map(({ succeeded, failed }) => succeeded + failed)).toEqual(
      Array.from({ length: batches }, (_, index) => index + 1),
    );
    // Some 2,500 requests over HTTP, on whatever machine.
  }, 180_000);

  it('reads an outcome again that was refused for a while, and reports one that stays unread', async () => {
    const started = await startOrganization(30, 1, 1_000);
    server = started.server;
    const match = { method: 'GET', path: '/api/backgroundoperation/*' };
    server.simulator.control.faults.add({ match, times: 1, status: 429 });
    server.simulator.control.faults.add({ match, skip: 1, times: 1, status: 404 });
    const customApi = started.segmentation.api.uniqueName;
    const options = { organization: server.url, customApi, rows: 30, batchRows, inFlight: 1 };
    const { succeeded, failures, loyal } = await processInBulk(options);
    expect([succeeded, failures.map(({ reason }) => reason)]).toEqual([
      2,
      ['done, but its outputs were refused: 404'],
    ]);
    expect(loyal).not.toBeNaN();
  });

  const noCallback = { match: { delivery: 'callback' }, deliver: 'drop', times: 9 } as const;

  async function processThree(rules: readonly FaultRule[], giveUpAfterMs: number): Promise<BulkResult> {
    const started = await startOrganization(30, 1, 1);
    server = started.server;
    for (const rule of [noCallback, ...rules]) server.simulator.control.faults.add(rule);
    const customApi = started.segmentation.api.uniqueName;
    const options = { organization: server.url, customApi, rows: 30, batchRows, inFlight: 3 };
    return processInBulk({ ...options, patience: { lookEveryMs: 20, giveUpAfterMs } });
  }

  it('looks at the monitor where a callback does not come, and goes on', async () => {
    const { succeeded, failed, loyal } = await processThree([], 60_000);
    expect([succeeded, failed]).toEqual([3, 0]);
    const ids = Array.from({ length: 30 }, (_, id) => id);
    expect(loyal).toBe(ids.filter((id) => segmentOf(contactOf(id)) === 'loyal').length);
  });

  it('reports a batch of which neither callback nor monitor tells an end, instead of waiting for ever', async () => {
    const match = { method: 'GET', path: '/api/backgroundoperation/*' };
    const { failures } = await processThree([{ match, times: 999, status: 404 }], 60);
    expect(failures.map(({ reason }) => reason)).toEqual(
      Array.from({ length: 3 }, () => 'unknown: no callback came, and the monitor showed no end'),
    );
  });

  it('reports a batch that is refused', async () => {
    server = (await startOrganization(10, 1, 1)).server;
    const customApi = 'contoso_Missing';
    const options = { organization: server.url, customApi, rows: 10, batchRows, inFlight: 1 };
    const { failures } = await processInBulk(options);
    expect(failures.map(({ reason }) => reason)).toEqual([expect.stringMatching(/^refused: 404 [^{]*$/)]);
  });
});

describe('the report of a run', () => {
  const result: BulkResult = {
    ...{ atMs: 52_500, batches: 2_500, submitted: 2_500, succeeded: 2_495, failed: 5, inFlight: 0 },
    ...{ mostInFlight: 2_000, loyal: 570_000, lostAnswers: 3, furtherCallbacks: 3 },
    failures: [{ batch: 498, firstRow: 199_200, reason: 'Row 199200 of batch 498 has no consent date.' }],
  };

  it('is what its page shows, but for the figures', () => {
    const page = readFileSync(new URL('../../docs/bulk-processing.md', import.meta.url), 'utf8');
    const [, shown = ''] = /```text\n(.*?)\n```/s.exec(page) ?? [];
    const form = (lines: readonly string[]) => lines.map((line) => line.replace(/[\d.,]*\d/g, '#'));
    const lines = shown.split('\n').filter((line) => line !== '  ...');
    expect(form(lines)).toEqual(form(reportOf(result, { never: 2_000, once: 998_000, more: 0 }, 1_000_000)));
    expect(lines.slice(0, 3)).toEqual(
      reportOf(result, { never: 2_000, once: 998_000, more: 0 }, 1_000_000).slice(0, 3),
    );
  });

  it('is whole where rows that were never written are in batches that are reported, and none was written twice', () => {
    const failures = [{ batch: 1, firstRow: 2, reason: 'no' }];
    expect(isWhole({ ...result, failures }, Uint8Array.of(1, 1, 0, 0, 1), 2)).toBe(true);
    expect(isWhole({ ...result, failures }, Uint8Array.of(1, 1, 1, 1, 1), 2)).toBe(true);
    expect(isWhole({ ...result, failures }, Uint8Array.of(1, 0, 0, 0, 1), 2)).toBe(false);
    expect(isWhole({ ...result, failures }, Uint8Array.of(1, 2, 0, 0, 1), 2)).toBe(false);
  });
});

describe('the picture of a run', () => {
  it('shows what was done, in flight and failed', () => {
    const sample = { batches: 100, submitted: 60, succeeded: 40, failed: 1, inFlight: 19, mostInFlight: 19 };
    const picture = bulkPicture([
      { ...sample, atMs: 1_000 },
      { ...sample, atMs: 2_000, submitted: 100, succeeded: 99, inFlight: 0 },
    ]);
    expect(picture).toContain('99 batches done');
    expect(picture).toContain('at most 19 in flight');
    expect(picture).toMatch(/^<svg .*<\/svg>\n$/s);
  });
});
