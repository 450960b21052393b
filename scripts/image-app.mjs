// Lays out what the simulator's image holds of this project: node scripts/image-app.mjs FOLDER
// The Dockerfile and scripts/build-image.mjs both call it.
import { execFile } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../', import.meta.url));
const run = promisify(execFile);

/** The packages that `bgop simulate` loads. */
const packages = ['commander', 'node-forge', 'saxes', 'xmlchars'];

/** Compiles the code into `folder` and puts beside it what it needs to run. Leaves `dist/` alone. */
export async function layOutApp(folder) {
  const modules = join(root, 'node_modules');
  await mkdir(folder, { recursive: true });
  await run(process.execPath, [
    join(modules, 'typescript/bin/tsc'),
    '-p',
    join(root, 'tsconfig.build.json'),
    // `npm run check` looks at the types.
    '--noCheck',
    '--declaration',
    'false',
    '--outDir',
    join(folder, 'dist'),
  ]).catch((error) => {
    throw new Error(`the project does not compile:\n${error.stdout}`);
  });
  for (const file of ['package.json', 'LICENSE']) await cp(join(root, file), join(folder, file));
  for (const name of packages) {
    await cp(join(modules, name), join(folder, 'node_modules', name), { recursive: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('Say where: node scripts/image-app.mjs FOLDER');
  await layOutApp(folder);
}
