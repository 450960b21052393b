// Bad weather between the suite and a target: `npm run test:weather`. Each case puts one kind of bad
// network, gateway, restart or neighbour before a conformant simulator, which must never be called broken,
// and before ten deviating ones, whose breach must still be found, or the blame be named.
//
//   node scripts/weather.mjs [--only KIND]… [--deviation NAME]… [--conformant] [--deviating] [--short]
//     [--whole] [--jobs N] [--keep FILE] [--verbose] [--list]
import { appendFile, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { clauses } from '../contract/clauses.ts';
import { loadDeviation } from '../simulator/deviations.ts';
import { nameOf, runCase } from './weather/case.mjs';
import { wrongWith } from './weather/judge.mjs';
import { kinds } from './weather/kinds.mjs';
import { deviations } from './weather/targets.mjs';

const { values: asked } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    deviation: { type: 'string', multiple: true },
    short: { type: 'boolean' },
    conformant: { type: 'boolean' },
    deviating: { type: 'boolean' },
    whole: { type: 'boolean' },
    jobs: { type: 'string', default: '1' },
    keep: { type: 'string' },
    verbose: { type: 'boolean' },
    list: { type: 'boolean' },
  },
});

if (asked.list === true) {
  for (const { name, about } of kinds) console.log(`${name.padEnd(22)} ${about}`);
  process.exit(0);
}

// A busy machine takes longer, which is nobody's fault: BGOP_WEATHER_PATIENCE=4 makes deadlines four times as long.
const patience = Number(process.env.BGOP_WEATHER_PATIENCE ?? '1');
const wholeDeadlineS = 1_800;

const targets = await targetsAsked();
const chosen = kinds.filter(
  ({ name, short }) => isAsked(asked.only, name) && (asked.short !== true || short),
);
if (chosen.length === 0) usage('kind', 'only', kinds);
if (targets.length === 0) usage('deviation', 'deviation', deviations);

const good = await keptGood();
// In rounds: soon each kind was there, and each target.
const cases = targets
  .flatMap((_, round) =>
    chosen.map((kind, index) => ({ kind, deviation: targets[(index + round) % targets.length] })),
  )
  .map(({ kind, deviation }) => ({ kind, deviation, name: caseName(kind, deviation) }))
  .filter(({ name }) => !good.has(name));
if (good.size > 0) console.log(`${good.size} cases were good before (${asked.keep}) and are not run again.`);

const began = performance.now();
const bad = [];
let ended = 0;
const queue = [...cases];
const worker = async () => {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) await carryOut(next);
};
await Promise.all(Array.from({ length: Number(asked.jobs) }, worker));

const seconds = Math.round((performance.now() - began) / 1_000);
console.log(`${ended} cases, ${bad.length} not as they should be, ${seconds} s.`);
for (const line of bad) console.log(`  ${line}`);
process.exit(bad.length === 0 ? 0 : 1);

async function carryOut({ kind, deviation, name }) {
  const limitS = asked.whole
    ? wholeDeadlineS
    : kind.deadlineS[deviation === undefined ? 'conformant' : 'deviating'];
  const result = await runCase(kind, deviation, { whole: asked.whole, deadlineS: limitS * patience });
  const { output, ...told } = result;
  const wrong = wrongWith(kind, deviation, result);
  ended += 1;
  const { exit, spoiled, requests, blames, noted, failed } = told;
  const facts = [
    `exit ${exit}`,
    `${told.seconds.toFixed(1)} s`,
    `${spoiled} of ${requests} spoiled`,
    `blame ${[...new Set([...blames, ...noted])].join(', ') || 'nobody'}`,
    ...(failed.length === 0 ? [] : [`broken ${failed.join(', ')}`]),
  ];
  const line = `${wrong.length === 0 ? 'ok  ' : 'BAD '} ${name}`.padEnd(64);
  console.log(`${`${ended}/${cases.length}`.padStart(7)} ${line} ${facts.join(' · ')}`);
  if (wrong.length > 0) bad.push(`${name}: ${wrong.join('; ')}`);
  for (const why of wrong) console.log(`          ${why}`);
  if (wrong.length > 0 || asked.verbose === true)
    console.log(output.trimEnd().replaceAll(/^/gm, '          '));
  if (asked.keep !== undefined) await appendFile(asked.keep, `${JSON.stringify({ name, wrong, ...told })}\n`);
}

async function targetsAsked() {
  const wrongOnes =
    asked.short === true && asked.deviation === undefined ? deviations.slice(0, 2) : deviations;
  const wanted = wrongOnes.filter(({ name }) => isAsked(asked.deviation, name));
  const loaded = await Promise.all(
    wanted.map(async ({ name, only, like }) => {
      const { breaks, alsoBreaks = {} } = await loadDeviation(name);
      const { level } = clauses.find(({ id }) => id === breaks);
      return { name, only, like, breaks, level, falls: [breaks, ...Object.keys(alsoBreaks)] };
    }),
  );
  const right = asked.deviating !== true && asked.deviation === undefined ? [undefined] : [];
  return [...right, ...(asked.conformant === true ? [] : loaded)];
}

/** The cases that an earlier call with the same `--keep` found as they should be. */
async function keptGood() {
  if (asked.keep === undefined) return new Set();
  const text = await readFile(asked.keep, 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => line !== '');
  const last = new Map(
    lines.map((line) => JSON.parse(line)).map((one) => [one.name, one.wrong.length === 0]),
  );
  return new Set([...last].filter(([, right]) => right).map(([name]) => name));
}

function caseName(kind, deviation) {
  return `${nameOf(kind, deviation)}${asked.whole === true ? ', whole' : ''}`;
}

function isAsked(names, name) {
  return names === undefined || names.some((one) => name === one || name.startsWith(`${one}-`));
}

function usage(what, option, known) {
  console.error(`--${option}: no such ${what}; there are ${known.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
