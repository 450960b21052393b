// Runs the tests that need a container engine: node scripts/test-containers.mjs [ARGUMENTS OF VITEST]
// Gets an engine, builds the simulator's image on it, runs *.container.test.ts, and ends what it
// started. Without an engine the tests are skipped, and counted as skipped.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openEngine } from './engine.mjs';

const image = 'background-operations-simulator:test';

const engine = await openEngine();
// Ctrl-C reaches the tests as well; they end by themselves, and then the engine.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
Object.assign(process.env, engine.environment);
try {
  process.exitCode = engine.reason === undefined ? await withImage() : await without(engine.reason);
} catch (error) {
  console.error(`containers: ${error.message}`);
  process.exitCode = 1;
} finally {
  await engine.close();
}

async function withImage() {
  // Loaded now, since it looks for the engine in the environment.
  const { buildImage, removeImage } = await import('./build-image.mjs');
  await buildImage(image);
  try {
    return await vitest({ BGOP_TEST_IMAGE: image, TESTCONTAINERS_RYUK_DISABLED: 'true' });
  } finally {
    await removeImage(image);
  }
}

function without(reason) {
  console.log(`containers: the tests are skipped: ${reason}.`);
  return vitest({});
}

function vitest(environment) {
  return new Promise((resolve, reject) => {
    const runner = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
    // One file after the other: each looks for what is left on the one engine.
    const args = ['run', '.container.test', '--no-file-parallelism', ...process.argv.slice(2)];
    const child = spawn(process.execPath, [runner, ...args], {
      stdio: 'inherit',
      env: { ...process.env, ...environment },
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
