// 1,000,000 contacts in batches, one background operation each, over HTTP on this machine:
// node examples/bulk-processing/run.ts [--picture FILE]
import { writeFileSync } from 'node:fs';
import { pictureOption } from '../picture-option.ts';
import { processInBulk, type Progress } from './bulk.ts';
import { ledgerOf, startOrganization } from './organization.ts';
import { bulkPicture } from './picture.ts';

const picture = pictureOption('npm run example:bulk --');
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

const { never, once, more } = ledgerOf(segmentation.written);
const { batches, succeeded, failed, failures, loyal, mostInFlight, lostAnswers, furtherCallbacks, atMs } =
  result;
console.log(`\n${rows.toLocaleString('en')} rows in ${batches} batches: ${succeeded} done, ${failed} failed`);
for (const { batch, firstRow, reason } of failures)
  console.log(`  batch ${batch} (from row ${firstRow}): ${reason}`);
console.log(`Rows written once: ${once.toLocaleString('en')}, never: ${never}, twice: ${more}`);
console.log(`Loyal contacts: ${loyal.toLocaleString('en')}`);
console.log(`Answers lost and sent again: ${lostAnswers}, further callbacks of those: ${furtherCallbacks}`);
console.log(
  `At most ${mostInFlight.toLocaleString('en')} operations in flight; ${(atMs / 1_000).toFixed(1)} s, ` +
    `${Math.round(batches / (atMs / 1_000))} operations and ${Math.round(rows / (atMs / 1_000)).toLocaleString('en')} rows a second`,
);
if (picture !== undefined) writeFileSync(picture, bulkPicture([...samples, result]));
process.exitCode = more > 0 || never !== failed * batchRows ? 1 : 0;
