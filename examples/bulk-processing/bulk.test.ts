import { afterEach, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../simulator/server.ts';
import { processInBulk, type Progress } from './bulk.ts';
import { contactOf, isBroken, segmentOf } from './contacts.ts';
import { ledgerOf, startOrganization } from './organization.ts';
import { bulkPicture } from './picture.ts';

const rows = 5_001;
const batchRows = 10;

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

    expect(result).toMatchObject({ batches: 501, submitted: 501, succeeded: 500, failed: 1, inFlight: 0 });
    expect(result.failures).toEqual([
      { batch: 498, firstRow: 4_980, reason: 'Row 4980 of batch 498 has no consent date.' },
    ]);
    expect(ledgerOf(written)).toEqual({ never: batchRows, once: rows - batchRows, more: 0 });
    const good = Array.from({ length: rows }, (_, id) => id).filter(
      (id) => !isBroken(Math.floor(id / batchRows)),
    );
    expect(result.loyal).toBe(good.filter((id) => segmentOf(contactOf(id)) === 'loyal').length);
    expect(result.mostInFlight).toBeLessThanOrEqual(60);
    expect(result.lostAnswers).toBe(2);
    expect(seen.map(({ succeeded, failed }) => succeeded + failed)).toEqual(
      Array.from({ length: 501 }, (_, index) => index + 1),
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

  it('reports a batch that is refused', async () => {
    server = (await startOrganization(10, 1, 1)).server;
    const customApi = 'contoso_Missing';
    const options = { organization: server.url, customApi, rows: 10, batchRows, inFlight: 1 };
    const { failures } = await processInBulk(options);
    expect(failures.map(({ reason }) => reason.slice(0, 12))).toEqual(['refused: 404']);
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
