// Proves the packages: packs both, installs each in an empty folder whose path has a space, makes its own
// folder read-only, and uses it there: node scripts/try-package.mjs [suite|simulator|clients]. `npm run build` comes before.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { trySimulator } from './package/simulator.mjs';
import { trySuite } from './package/suite.mjs';
import { check, run } from './package/trial.mjs';

const place = await mkdtemp(join(tmpdir(), 'bgop package '));
// Side by side: the one waits for installations while the other runs the suite.
const all = { suite: trySuite, simulator: trySimulator, clients: tryNpmClients };
const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(all);
const trials = await Promise.allSettled(names.map((name) => all[name](place)));
for (const { reason } of trials.filter(({ status }) => status === 'rejected')) {
  console.error(`failed: ${reason.message}`);
  process.exitCode = 1;
}
/** Of the npm clients those that bring little along; `npm run test:clients` has all of them. */
async function tryNpmClients() {
  const script = fileURLToPath(new URL('clients/run.mjs', import.meta.url));
  const told = await run(process.execPath, [script, 'dynamics-web-api', 'undici', 'axios']);
  check(/ 0 failed/.test(told), `npm clients of Dataverse: ${told.trim().split('\n').at(-1)}`);
}

await run('chmod', ['-R', 'u+w', place]);
await rm(place, { recursive: true, force: true });
