// Packs the simulator as a package of its own: node scripts/pack-simulator.mjs [FOLDER]
// Takes what was built (npm run build) and of that only what the package's entries reach. Prints the tarball's path.
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { bundle } from './package/bundle.mjs';
import { packed } from './package/trial.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const source = join(root, 'packages/simulator');
const dist = join(root, 'dist');
/** The pages of the documentation that are for client developers. */
const pages = [
  'client-tests',
  'simulator',
  'control',
  'serves',
  'sign-in',
  'containers',
  'from-csharp',
  'custom-apis',
];
/** Packages that are large when they are installed and small when they are one file: they come along as that. */
const vendored = ['node-forge', 'zod'];
/** Entries besides those of `exports`: the command, and what an image starts. */
const commands = ['cli/simulator-main.js', 'containers/entry.js'];

/** Modules that find files by their own place. */
const besideFiles = ['cli/package.js', 'simulator/page/page-files.js'];

/** Packs it into `folder`; resolves with the path of the tarball. */
export async function packSimulator(folder) {
  if (!existsSync(join(dist, commands[0]))) throw new Error('dist/ is not there: run "npm run build" first.');
  const place = await mkdtemp(join(tmpdir(), 'bgop-simulator-'));
  try {
    await layOutPackage(place);
    const { filename } = await packed(place, folder);
    return join(folder, filename);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function layOutPackage(place) {
  const manifest = JSON.parse(await readFile(join(source, 'package.json'), 'utf8'));
  const { files, packages } = await reached(await entriesOf(manifest));
  const declared = { ...manifest.dependencies, ...manifest.peerDependencies };
  const missing = [...packages].filter((name) => !(name in declared) && !vendored.includes(name));
  if (missing.length > 0)
    throw new Error(`packages/simulator/package.json lacks what the code imports: ${missing.join(', ')}.`);
  const copy = async (from, to) => {
    await mkdir(dirname(join(place, to)), { recursive: true });
    await cp(from, join(place, to));
  };
  for (const file of files) {
    const to = join(place, 'dist', relative(dist, file));
    await mkdir(dirname(to), { recursive: true });
    await writeFile(to, withVendored(await readFile(file, 'utf8'), file));
  }
  // The files of the page at /simulator/, which nothing imports.
  await cp(join(dist, 'simulator/page'), join(place, 'dist/simulator/page'), { recursive: true });
  for (const name of vendored) await vendor(name, join(place, 'dist/vendor', name));
  await bundle(bundled(place, await entriesOf(manifest)));
  for (const file of ['package.json', 'README.md', 'Dockerfile']) await copy(join(source, file), file);
  for (const file of ['bin/bgop-simulator.js', 'bin/launch.js', 'LICENSE'])
    await copy(join(root, file), file);
  await copy(join(root, 'docs/custom-apis.schema.json'), 'docs/custom-apis.schema.json');
  for (const page of pages) await copy(join(root, `docs/${page}.md`), `docs/${page}.md`);
}

/** The modules whose place matters, and those that are loaded together, in the laid out package. */
function bundled(place, entries) {
  const placed = (file) => join(place, 'dist', relative(dist, file));
  const modules = entries.map((file) => file.replace(/\.d\.ts$/, '.js'));
  return {
    dist: join(place, 'dist'),
    entries: [...new Set([...modules, ...besideFiles.map((file) => join(dist, file))])].map(placed),
    portable: ['simulator/handlers.js', 'simulator/index.js'].map((file) => join(place, 'dist', file)),
    started: [...commands, 'cli/simulate.js', 'simulator/server.js'].map((file) => join(place, 'dist', file)),
  };
}

/** Leaves out zod's messages in other languages than English, which it loads by another way. */
const oneLanguage = {
  name: 'one-language',
  load: (id) => (/zod\/v4\/locales\/index\.js$/.test(id.replaceAll('\\', '/')) ? 'export {};' : null),
};

/** A package as one file, with its licence beside it. */
async function vendor(name, folder) {
  const options = { input: name, cwd: root, platform: 'node', logLevel: 'silent', plugins: [oneLanguage] };
  const bundle = await rolldown(options);
  await bundle.write({ file: join(folder, 'index.js'), format: 'esm', minify: true });
  await bundle.close();
  await cp(join(root, 'node_modules', name, 'LICENSE'), join(folder, 'LICENSE'));
}

/** A compiled file that imports the vendored packages by path. */
function withVendored(text, file) {
  return text.replace(specifiers, (all, name) => {
    if (!vendored.includes(name)) return all;
    return all.replace(
      name,
      `${relative(dirname(file), join(dist, 'vendor', name)).replaceAll('\\', '/')}/index.js`,
    );
  });
}

/** The files that `exports` names, types included, and the commands. */
async function entriesOf({ exports }) {
  const targets = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? [] : Object.values(target),
  );
  const entries = commands.map((file) => join(dist, file));
  for (const target of targets) {
    if (!target.includes('*')) entries.push(join(root, target));
    else {
      const [folder, suffix] = target.split('*');
      const names = await readdir(join(root, folder));
      entries.push(...names.filter((name) => name.endsWith(suffix)).map((name) => join(root, folder, name)));
    }
  }
  return entries;
}

const specifiers = /(?:\bfrom\s*|\bimport\(\s*|^import\s*)["']([^"']+)["']/gm;

/** What these files import, over any number of steps: files of `dist`, and packages by their name. */
async function reached(entries) {
  const files = new Set();
  const packages = new Set();
  const queue = [...entries];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    const text = await readFile(file, 'utf8');
    for (const [, name] of text.matchAll(specifiers)) {
      if (name.startsWith('.')) queue.push(fileOf(resolve(dirname(file), name), file));
      else if (file.endsWith('.d.ts') && vendored.includes(name))
        throw new Error(`${relative(root, file)} shows types of ${name}, which is not installed.`);
      else if (!name.startsWith('node:')) packages.add(packageOf(name));
    }
  }
  return { files, packages };
}

/** Declarations name sources (`./server.ts`) and compiled files alike; beside them stand declarations. */
function fileOf(path, from) {
  return from.endsWith('.d.ts') ? path.replace(/\.[jt]s$/, '.d.ts') : path;
}

function packageOf(name) {
  return name.split('/', name.startsWith('@') ? 2 : 1).join('/');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    console.log(await packSimulator(resolve(process.argv[2] ?? '.')));
  } catch (error) {
    console.error(`pack-simulator: ${error.message}`);
    process.exitCode = 1;
  }
}
