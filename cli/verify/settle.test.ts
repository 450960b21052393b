import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ctrf } from '../../reports/formats/ctrf.ts';
import { sampleResult } from '../../reports/fixtures/sample.ts';
import { writeReport } from '../../reports/write.ts';
import { resultIn } from './report-directory.ts';
import { settle } from './settle.ts';
import { ToldChecks } from './told-checks.ts';

async function settledAfter(stopped?: string) {
  const report = await mkdtemp(path.join(tmpdir(), 'bgop settle '));
  await writeReport(report, sampleResult({ checks: 1, failing: [] }));
  const ending = { killed: false, exit: 'exit status 0', ...(stopped === undefined ? {} : { stopped }) };
  const settled = await settle({ report, meta: {}, disruptions: [] }, ending, new ToldChecks());
  return { report, settled };
}

it('says in every file of the report that the run was stopped, though the report was written before', async () => {
  const { report, settled } = await settledAfter('The target did not respond for 60 s; the run was stopped.');
  expect(settled?.result.run.gate).toMatchObject({ status: 3, failed: true });
  expect((await resultIn(report))?.run).toEqual(settled?.result.run);
  expect(await readFile(path.join(report, 'junit.xml'), 'utf8')).toContain('did not respond for 60 s');
  expect(settled && ctrf(settled.result)).toContain('gate: exit status 3');
});

it('leaves the report of a run that came to its end as it is', async () => {
  const { settled } = await settledAfter();
  expect(settled?.result.run.incomplete).toBeUndefined();
  expect(settled?.result.run.gate?.status).toBe(0);
});
