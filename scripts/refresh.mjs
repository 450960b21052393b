// Brings every file up to date that follows from something else: the counts in the pages, the table of samples,
// the JSON Schemas of the result file and of custom APIs, and selftest/proven.json. Only deviations that were never caught are
// tried: npm run refresh
// With --situations every deviation is tried, and selftest/situations.json is made anew.
import { readFile, writeFile } from 'node:fs/promises';
import { resultSchemaFile, resultSchemaText } from '../record/json-schema.ts';
import {
  compareProven,
  countedPages,
  provenText,
  updateProven,
  updateSituations,
  withCounts,
} from '../selftest/catalogue-files.ts';
import { complaints } from '../selftest/matrix.ts';
import { selfTest } from '../selftest/selftest.ts';
import { customApiSchemaFile, customApiSchemaText } from '../simulator/custom-apis/definitions/schema.ts';
import { listDeviations } from '../simulator/deviations.ts';
import { sampleTableFile, withSampleTable } from './sample-table.ts';

const root = new URL('../', import.meta.url);

for (const page of countedPages) {
  const text = await readFile(new URL(page.file, root), 'utf8');
  await keep(page.file, text, withCounts(page, text));
}

const samples = await readFile(new URL(sampleTableFile, root), 'utf8');
await keep(sampleTableFile, samples, withSampleTable(samples));

const schema = await readFile(new URL(resultSchemaFile, root), 'utf8').catch(() => '');
await keep(resultSchemaFile, schema, resultSchemaText());

const apisSchema = await readFile(new URL(customApiSchemaFile, root), 'utf8').catch(() => '');
await keep(customApiSchemaFile, apisSchema, customApiSchemaText());

const file = 'selftest/proven.json';
const text = await readFile(new URL(file, root), 'utf8');
const proven = JSON.parse(text);
const { missing, gone } = compareProven(proven, await listDeviations());
let caught = {};
let caughtIn = {};
if (missing.length > 0) {
  console.log(
    `Trying ${missing.length === 1 ? 'a new deviation' : `${missing.length} new deviations`}: ${missing.join(', ')}`,
  );
  const matrix = await selfTest({ suite: 'refresh', only: missing, wholly: true });
  caught = matrix.proven;
  caughtIn = matrix.caughtIn;
  const { faults, unexplained } = complaints(matrix);
  const about = unexplained.filter((one) => !one.endsWith('no deviation makes it fail'));
  for (const line of [...faults, ...about]) console.log(line);
  if (faults.length > 0 || about.length > 0) process.exitCode = 1;
}
const provenNow = updateProven(proven, gone, caught);
await keep(file, text, provenText(provenNow));

const situationsFile = 'selftest/situations.json';
const situationsText = await readFile(new URL(situationsFile, root), 'utf8').catch(() => '{}');
const anew = process.argv.includes('--situations');
if (anew)
  caughtIn = (await selfTest({ suite: 'refresh', narrowly: true, wholly: true, threads: 2 })).caughtIn;
const situations = updateSituations(anew ? {} : JSON.parse(situationsText), caughtIn, provenNow);
await keep(situationsFile, situationsText, await formatted(situationsFile, situations));

async function formatted(filepath, value) {
  const { format, resolveConfig } = await import('prettier');
  return format(JSON.stringify(value), { ...(await resolveConfig(filepath)), filepath });
}

async function keep(name, before, after) {
  console.log(`${name}: ${before === after ? 'up to date' : 'brought up to date'}`);
  if (before !== after) await writeFile(new URL(name, root), after);
}
