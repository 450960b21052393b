// Puts the modules of a laid out package together: what the command needs to start is read from a few files in
// place of three hundred, for on many machines opening a file costs more than compiling it.
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const imports = /(?:\bfrom\s*|^import\s*)["'](\.[^"']+)["']/gm;

/**
 * Bundles the modules of `dist` in place.
 *
 * @param dist the folder of compiled modules; declarations and other files in it stay as they are
 * @param entries modules that keep their place: others import them by it, or they read files beside them
 * @param portable entries that have to work in a browser: what they need is not mixed with what needs Node
 * @param started entries whose modules go together into one file
 */
export async function bundle({ dist, entries, portable, started }) {
  const [core, server] = await Promise.all([reached(portable), reached(started)]);
  // What an entry does itself, such as to begin to serve, happens where it is named only.
  const kept = new Set(entries);
  const build = await rolldown({
    input: Object.fromEntries(entries.map((file) => [relative(dist, file).replace(/\.js$/, ''), file])),
    external: (id) => !id.startsWith('.') && !isAbsolute(id),
    // Names of modules stand in comments: by their place in the package, alike in every build.
    cwd: dist,
    platform: 'neutral',
    preserveEntrySignatures: 'exports-only',
  });
  const { output } = await build.write({
    dir: dist,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    codeSplitting: {
      groups: [
        { name: 'core', test: (id) => core.has(normalize(id)) && !kept.has(normalize(id)) },
        { name: 'server', test: (id) => server.has(normalize(id)) && !kept.has(normalize(id)) },
      ],
    },
  });
  await build.close();
  const written = new Set(output.map(({ fileName }) => join(dist, fileName)));
  const taken = output.flatMap(({ modules = {} }) => Object.keys(modules)).map((id) => normalize(id));
  for (const file of new Set(taken)) if (!written.has(file)) await rm(file, { force: true });
}

/** The modules that are loaded with these, over any number of steps; not those that are loaded when they are wanted. */
async function reached(files) {
  const found = new Set();
  const queue = [...files];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (found.has(file) || !existsSync(file)) continue;
    found.add(file);
    for (const [, name] of (await readFile(file, 'utf8')).matchAll(imports))
      queue.push(resolve(dirname(file), name));
  }
  return found;
}
