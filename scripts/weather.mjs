// Bad weather between the suite and a target: `npm run test:weather`. Each case puts one kind of bad
// network or gateway before a conformant simulator, which must never be called broken, and before
// deviating ones, whose breach must still be found, or the blame be named.
//
//   node scripts/weather.mjs [--only NAME]… [--short] [--conformant] [--deviating]
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { deviations, kinds, only } from './weather/kinds.mjs';
import { startWeather } from './weather/proxy.mjs';

const bgop = fileURLToPath(new URL('../bin/bgop.js', import.meta.url));
const { values: asked } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    short: { type: 'boolean' },
    conformant: { type: 'boolean' },
    deviating: { type: 'boolean' },
    verbose: { type: 'boolean' },
  },
});

const chosen = kinds.filter(
  ({ name, short }) =>
    (asked.only === undefined || asked.only.some((one) => name === one || name.startsWith(`${one}-`))) &&
    (asked.short !== true || short === true),
);
if (chosen.length === 0) {
  console.error(`No such kind; there are ${kinds.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

// A busy machine takes longer, which is nobody's fault: BGOP_WEATHER_PATIENCE=4 makes deadlines four times as long.
const patience = Number(process.env.BGOP_WEATHER_PATIENCE ?? '1');

let bad = 0;
for (const kind of chosen) {
  if (asked.deviating !== true) await tell(kind, undefined);
  if (asked.conformant !== true) for (const deviation of wrongOnes()) await tell(kind, deviation);
}
console.log(bad === 0 ? 'All as it should be.' : `${bad} not as it should be.`);
process.exit(bad === 0 ? 0 : 1);

function wrongOnes() {
  return asked.short === true ? deviations.slice(0, 2) : deviations;
}

async function tell(kind, deviation) {
  const ended = await run(kind, deviation);
  const { exit, seconds, blames, failed, spoiled, requests, late, output } = ended;
  const right =
    !late &&
    (deviation === undefined ? kind.may.includes(exit) && failed.length === 0 : found(deviation, ended));
  if (!right) bad += 1;
  const what = `${right ? 'ok  ' : 'BAD '} ${kind.name} / ${deviation?.name ?? 'conformant'}`;
  const rest = [
    `exit ${exit}`,
    `${seconds.toFixed(1)} s`,
    `${spoiled} of ${requests} spoiled`,
    `blame ${blames.length === 0 ? 'none' : blames.join(', ')}`,
    ...(failed.length === 0 ? [] : [`broken ${failed.join(', ')}`]),
    ...(late ? ['TOO LATE'] : []),
  ];
  console.log(`${what.padEnd(60)} ${rest.join(' · ')}`);
  if (!right || asked.verbose === true) console.log(output.trimEnd().replaceAll(/^/gm, '      '));
}

/** A breach is found where the clause of the deviation is broken, or warned of where it is a SHOULD; else the run must say who kept it from that. */
function found({ name }, { exit, failed, warned, blames }) {
  if (exit === 3) return failed.length === 0 && blames.length > 0;
  const its = (id) => name === id || name.startsWith(`${id}-`);
  return (exit === 1 && failed.some(its)) || (exit === 0 && warned.some(its));
}

async function run(kind, deviation) {
  const scratch = await mkdtemp(path.join(tmpdir(), 'bgop-weather-'));
  const configFile = path.join(scratch, 'bgop.config.json');
  const simulator = spawn(
    process.execPath,
    [
      bgop,
      'simulate',
      '--port',
      '0',
      '--clock',
      'virtual',
      '--write-config',
      configFile,
      ...(deviation === undefined ? [] : ['--deviate', deviation.name]),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const url = await new Promise((resolve, reject) => {
    let told = '';
    simulator.stdout.setEncoding('utf8').on('data', (text) => {
      told += text;
      const [, found] = /listening on (http:\/\/\S+)/.exec(told) ?? [];
      if (found !== undefined) resolve(found);
    });
    simulator.once('exit', () => reject(new Error(`the simulator did not start: ${told}`)));
  });
  const weather = await startWeather(url, kind.weather, kind.proxy);
  try {
    const config = (await readFile(configFile, 'utf8')).replaceAll(url, weather.url);
    await writeFile(configFile, config);
    const report = path.join(scratch, 'report');
    const patterns = (deviation === undefined ? only : [deviation.only]).flatMap((one) => ['--only', one]);
    const began = performance.now();
    const { exit, output, late } = await verify(
      ['--config', configFile, '--report', report, '--runs', '5', '--seed', '1', ...patterns],
      kind.deadlineS * patience,
    );
    const seconds = (performance.now() - began) / 1_000;
    const result = await readFile(path.join(report, 'conformance.json'), 'utf8').then(
      JSON.parse,
      () => undefined,
    );
    const clauses = result?.clauses ?? [];
    const blames = new Set([
      ...clauses.flatMap(({ blame }) => blame ?? []),
      ...(result?.run.disruptions ?? []).map(({ source }) => source),
    ]);
    const failed = clauses.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id);
    const warned = clauses.filter(({ verdict }) => verdict === 'warned').map(({ id }) => id);
    return { exit, output, late, seconds, blames: [...blames], failed, warned, ...weather.counts };
  } finally {
    simulator.kill();
    await weather.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

function verify(args, deadlineS) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bgop, 'verify', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CI: '1' },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, deadlineS * 1_000);
    child.once('close', (exit) => {
      clearTimeout(timer);
      resolve({ exit, output, late });
    });
  });
}
