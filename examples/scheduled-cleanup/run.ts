// A week of a nightly clean-up in virtual time: node examples/scheduled-cleanup/run.ts [--picture FILE]
import { writeFileSync } from 'node:fs';
import { pictureOf } from '../arguments.ts';
import { cleanupPicture } from './picture.ts';
import { tellStory } from './story.ts';

const picture = pictureOf('npm run example:cleanup');
const began = performance.now();
const story = await tellStory();
const { records, leftAfter } = story;
for (const [index, { night, batches, stopped, report }] of story.nights.entries()) {
  console.log(`${night}${stopped ? '  stopped by hand' : ''}`);
  for (const { size, outcome, deleted, tookMs, error } of batches) {
    const why = error === undefined ? '' : `: ${error}`;
    console.log(
      `  up to ${String(size).padStart(6)} records  ${outcome.padEnd(9)}  ${String(deleted).padStart(6)} deleted  ${String(Math.round(tookMs / 1_000)).padStart(4)} s${why}`,
    );
  }
  if (report !== undefined) console.log(`  gave up: ${report}`);
  console.log(`  ${leftAfter[index] ?? 0} obsolete records are left`);
}
const twice = [...records.archived.values()].filter((times) => times > 1).length;
const lost = records.all - records.obsolete.size - records.archived.size;
console.log(
  `\n${records.all} records became obsolete: ${records.archived.size} archived and deleted, ${twice} twice, ${lost} lost; ` +
    `${((performance.now() - began) / 1_000).toFixed(1)} s of real time`,
);
if (picture !== undefined) writeFileSync(picture, cleanupPicture(story));
process.exitCode = twice + lost > 0 ? 1 : 0;
