// Runs the unit tests that a change can affect since they all passed: node scripts/unit-tests/run.mjs [--all]
// Everything runs where that cannot be known: after a change of the dependencies, of the configuration, of Node
// or of the environment, and once a day.
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startVitest } from 'vitest/node';
import { anyModule, changedModules, hashesOf, hashOf } from './selection.mjs';

const day = 24 * 60 * 60 * 1000;
const kept = path.resolve('node_modules/.cache/unit-tests.json');
const slow = ['integration', 'browser', 'container'].map((kind) => `**/*.${kind}.test.ts`);
const began = Date.now();

/** What every test depends on. */
const settings = [
  ...['package.json', 'package-lock.json', 'node_modules/.package-lock.json', 'tsconfig.json'],
  ...globSync(['vitest.config.ts', 'packages/*/package.json', 'scripts/tests-folder.mjs', '.env*']),
  ...globSync('scripts/unit-tests/*.mjs'),
].sort();
process.env.BGOP_UNIT_TESTS ??= 'brief';
const environment = Object.entries(process.env)
  .filter(([name]) => /^(?:BGOP_|NODE_|VITEST|LC_|(?:LANG|TZ|CI|NO_COLOR|FORCE_COLOR)$)/.test(name))
  .sort();
const key = createHash('sha256')
  .update(JSON.stringify([process.version, process.platform, settings.map(hashOf), environment]))
  .digest('base64url');

/** What the last run left in which every test passed; undefined where it says nothing of a run of today. */
function lastGreen() {
  try {
    const green = JSON.parse(readFileSync(kept, 'utf8'));
    return green.key === key && began - green.fullAt < day ? green : undefined;
  } catch {
    return undefined;
  }
}

const all = process.argv.includes('--all');
const green = all ? undefined : lastGreen();
let resolver;
const modulesOfTests = async () => (await resolver.getDependencies()).map(({ file }) => file);
const provider = {
  async findChangedFiles(options) {
    resolver = options.resolver;
    const modules = await modulesOfTests();
    return green === undefined ? modules : changedModules(green, modules);
  },
};

// What a test starts cannot be followed: the script of the report's page is made before, where it is outdated.
const page = path.resolve('reports/page/bundle.ts');
if (hashOf(page) !== undefined) (await import(page)).pageScript();

const folder = mkdtempSync(path.join(tmpdir(), 'bgop reads '));
try {
  process.env.BGOP_READS = folder;
  const vitest = await startVitest('test', [], {
    ...{ run: true, watch: false, isolate: false, cliExclude: slow, passWithNoTests: true },
    setupFiles: [path.join(import.meta.dirname, 'watch-reads.mjs')],
    ...{ changed: true, experimental: { recordDependencies: true, vcsProvider: provider } },
  });
  await vitest.close();
  const failed = (process.exitCode ?? 0) !== 0;
  if (!failed) await keepGreen();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Keeps what the tests depend on, for the next run. */
async function keepGreen() {
  const found = readdirSync(folder).flatMap((name) =>
    readFileSync(path.join(folder, name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
  const pairs = (list) => [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];
  const reads = pairs([...(green?.reads ?? []), ...found.filter(([file]) => file !== anyModule)]);
  const unfollowed = found.filter(([file]) => file === anyModule).map(([, module]) => module);
  const always = [...new Set([...(green?.always ?? []), ...unfollowed])];
  const files = new Set([...(await modulesOfTests()), ...reads.map(([file]) => file)]);
  const fullAt = green?.fullAt ?? began;
  mkdirSync(path.dirname(kept), { recursive: true });
  writeFileSync(kept, JSON.stringify({ key, fullAt, hashes: hashesOf(files, began), reads, always }));
}
