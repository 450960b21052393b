import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packSimulator } from '../pack-simulator.mjs';
import { tryBrowser } from './browser.mjs';
import { check, install, run, serve } from './trial.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Kilobytes that it may take on the disk, its dependencies included. */
const mostKilobytes = 5_000;

/** The simulator's own package: its size, its modules, what a browser takes, its types, its command, and clients' tests that use it. */
export async function trySimulator(place) {
  const tarball = await packSimulator(place);
  const home = join(place, 'simulator');
  await mkdir(home);
  await writeFile(join(home, 'package.json'), '{"private":true}');
  await install(home, tarball);
  const size = Number.parseInt(await run('du', ['-sk', join(home, 'node_modules')]), 10);
  check(
    size <= mostKilobytes,
    `the simulator's package takes ${size} KB when it is installed, of ${mostKilobytes}`,
  );
  await run('chmod', ['-R', 'a-w', join(home, 'node_modules/background-operations-simulator')]);
  await tryModules(home);
  await tryBrowser(home);
  await tryCommand(home);
  await tryTypes(home);
  await tryClients(place, tarball);
}

async function tryModules(home) {
  for (const kind of ['mjs', 'cjs']) {
    await cp(join(root, `packages/simulator/trial/use.${kind}`), join(home, `use.${kind}`));
    await run(process.execPath, [`use.${kind}`], { cwd: home });
  }
  check(true, 'it can be imported and required');
}

async function tryCommand(home) {
  const script = join(home, 'node_modules/.bin/bgop-simulator');
  const { url, stop } = await serve(script, ['--port', '0', '--deviate', 'submit.accepted-ok']);
  const { status } = await fetch(`${url}/simulator/health`);
  stop();
  check(status === 200, 'its command serves');
}

/** As strict as a compiler can be: declarations are checked, and the browser's are there for the handlers only. */
async function tryTypes(home) {
  await install(home, 'msw@2.15.0', '@types/node@24.19.2');
  for (const file of ['node', 'browser'])
    await cp(join(root, `packages/simulator/trial/${file}.ts`), join(home, `${file}.mts`));
  const always = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--target', 'es2024', '--types', 'node'];
  for (const [module, resolution] of [
    ['node16', 'node16'],
    ['nodenext', 'nodenext'],
    ['preserve', 'bundler'],
  ]) {
    const how = [...always, '--ignoreConfig', '--module', module, '--moduleResolution', resolution];
    await run('tsc', [...how, '--lib', 'es2024', 'node.mts'], { cwd: home });
    await run('tsc', [...how, '--lib', 'es2024,dom', 'browser.mts'], { cwd: home });
  }
  check(true, 'its types compile for node16, nodenext and bundler, and with MSW 2');
}

/** The browser of the machine, where Playwright's own may not be installed. */
const browser = '/usr/bin/chromium';

/** The examples, with what is changed in their copies: their ports, which may be taken here, and the browser. */
const clients = {
  'client-vitest': [],
  'client-jest': [],
  'client-node-test': [],
  'client-playwright': [
    ['8080', '28231'],
    ['5173', '28232'],
    ...(existsSync(browser) ? [['use: {', `use: { launchOptions: { executablePath: '${browser}' },`]] : []),
  ],
};

/** Installs what the examples of clients' tests name, once for all of them, and runs their tests with the package. */
async function tryClients(place, tarball) {
  const home = join(place, 'clients');
  const names = Object.keys(clients);
  await mkdir(home);
  const manifests = await Promise.all(
    names.map(async (name) =>
      JSON.parse(await readFile(join(root, 'examples', name, 'package.json'), 'utf8')),
    ),
  );
  const wanted = Object.assign({}, ...manifests.map(({ devDependencies }) => devDependencies));
  delete wanted['background-operations-simulator'];
  await writeFile(join(home, 'package.json'), JSON.stringify({ private: true, devDependencies: wanted }));
  await install(home, tarball);
  for (const name of names) {
    const cwd = join(home, name);
    await cp(join(root, 'examples', name), cwd, { recursive: true });
    for (const [from, to] of clients[name]) await replaceInFiles(cwd, from, to);
    await run('npm', ['test'], { cwd });
    check(true, `the tests of examples/${name} pass with it`);
  }
  await tryReadme(home);
  await install(home, 'msw@2.15.0');
  await run('npm', ['test'], { cwd: join(home, 'client-vitest') });
  check(true, 'those of examples/client-vitest pass with MSW 2, too');
}

/** The test of the README as it stands there, which is what a newcomer begins with; two of its runners. */
async function tryReadme(home) {
  const readme = await readFile(join(root, 'packages/simulator/README.md'), 'utf8');
  const [, indented] = /```js\n([\s\S]*?)```/.exec(readme);
  const code = indented.replace(/^ {3}/gm, '');
  const cwd = join(home, 'readme');
  await mkdir(cwd);
  await writeFile(join(cwd, 'client.test.mjs'), code);
  await run('npx', ['vitest', 'run'], { cwd });
  await writeFile(join(cwd, 'client.test.mjs'), code.replace("'vitest'", "'node:test'"));
  await run(process.execPath, ['--test'], { cwd });
  check(true, 'the test of its README passes with vitest and node:test');
}

async function replaceInFiles(folder, from, to) {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll(from, to));
  }
}
