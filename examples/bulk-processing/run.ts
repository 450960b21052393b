// 1,000,000 contacts in batches, one background operation each, over HTTP on this machine:
// node examples/bulk-processing/run.ts [--picture FILE]
import { writeFileSync } from 'node:fs';
import { pictureOf } from '../arguments.ts';
import { processInBulk, type Progress } from './bulk.ts';
import { ledgerOf, startOrganization } from './organization.ts';
import { bulkPicture } from './picture.ts';
import { isWhole, reportOf } from './report.ts';

const picture = pictureOf('npm run example:bulk');
const rows = 1_000_000;
const batchRows = 400;
/** What one batch takes, as a plug-in that reads and writes 400 rows would. */
const workMs = 8_000;
const { server, segmentation } = await startOrganization(rows, workMs, 500);
// Three answers get lost: the operations start all the same.
const path = `/api/data/v9.2/${segmentation.api.uniqueName}`;
server.simulator.control.faults.add({ match: { path }, skip: 100, times: 3, cut: true, when: 'after' });

const samples: Progress[] = [];
let told = 0;
const result = await processInBulk({
  organization: server.url,
  customApi: segmentation.api.uniqueName,
  rows,
  batchRows,
  inFlight: 2_000,
  onProgress(progress) {
    if (progress.atMs - (samples.at(-1)?.atMs ?? -100) >= 100) samples.push(progress);
    if (progress.atMs - told < 1_000) return;
    told = progress.atMs;
    const { batches, succeeded, failed, inFlight } = progress;
    const percent = Math.floor((100 * (succeeded + failed)) / batches);
    console.log(
      `${String(Math.round(told / 1_000)).padStart(3)} s  ${String(percent).padStart(3)} %  ` +
        `${succeeded} of ${batches} batches done, ${failed} failed, ${inFlight} in flight`,
    );
  },
});
await server.simulator.sent();
await server.close();

const { written } = segmentation;
console.log(`\n${reportOf(result, ledgerOf(written), rows).join('\n')}`);
if (picture !== undefined) writeFileSync(picture, bulkPicture([...samples, result]));
process.exitCode = isWhole(result, written, batchRows) ? 0 : 1;
