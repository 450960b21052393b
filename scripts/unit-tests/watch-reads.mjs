// A setup file of Vitest: records which module reads which file of the project other than by importing it, and
// which does what cannot be followed. One line of JSON each, [file, module], in a file for each process.
import childProcess from 'node:child_process';
import fs from 'node:fs';
import { registerHooks, syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import workerThreads from 'node:worker_threads';
import { anyModule } from './selection.mjs';

const root = process.cwd() + path.sep;
const self = import.meta.filename;
const folder = process.env.BGOP_READS;
const append = fs.appendFileSync;

/** What needs a path first, and reads there. */
const readers =
  'access copyFile cp createReadStream exists lstat open openAsBlob opendir readFile readdir readlink stat';
/** What reads wherever it likes. */
const free = {
  fs: [fs, ['glob', 'globSync']],
  promises: [fs.promises, ['glob']],
  childProcess: [
    childProcess,
    ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'],
  ],
};

/** The modules of the project whose functions are at work. */
function modulesAtWork() {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = Infinity;
  const { stack = '' } = new Error();
  Error.stackTraceLimit = limit;
  const files = stack
    .split('\n')
    .slice(1)
    .flatMap((line) => /(?:file:\/\/)?(\/[^():]+):\d+:\d+\)?$/.exec(line)?.[1] ?? [])
    .filter((file) => isOurs(file) && file !== self);
  return files.length === 0 ? [anyModule] : [...new Set(files)];
}

const isOurs = (file) => file.startsWith(root) && !/^(?:node_modules|\.git)\//.test(file.slice(root.length));

const noted = new Set();
function note(file, modules) {
  for (const module of modules) {
    const line = `${JSON.stringify([file, module])}\n`;
    if (noted.has(line)) continue;
    noted.add(line);
    append(path.join(folder, String(process.pid)), line);
  }
}

function noteRead(where, options) {
  if (typeof where === 'number') return;
  const text = where instanceof URL ? fileURLToPath(where) : String(where);
  const file = path.resolve(text);
  if (!isOurs(file)) return;
  note(options?.recursive === true ? anyModule : file, modulesAtWork());
}

function replace(object, name, before) {
  const original = object[name];
  if (typeof original !== 'function') return;
  const replaced = function (...given) {
    before(...given);
    return Reflect.apply(original, this, given);
  };
  object[name] = Object.assign(replaced, original);
}

// Without isolation a process takes many test files, one after the other.
if (folder !== undefined && globalThis.bgopReadsWatched !== true) {
  globalThis.bgopReadsWatched = true;
  for (const name of readers.split(' ')) {
    for (const one of [name, `${name}Sync`]) replace(fs, one, noteRead);
    replace(fs.promises, name, noteRead);
  }
  for (const [object, names] of Object.values(free))
    for (const name of names)
      replace(object, name, () => {
        note(anyModule, modulesAtWork());
      });
  const { Worker } = workerThreads;
  workerThreads.Worker = class extends Worker {
    constructor(...given) {
      note(anyModule, modulesAtWork());
      super(...given);
    }
  };
  syncBuiltinESMExports();
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      if (found.url.startsWith('file:')) {
        const importer = context.parentURL?.startsWith('file:') ? fileURLToPath(context.parentURL) : '';
        const file = fileURLToPath(found.url.replace(/[?#].*$/, ''));
        if (isOurs(file) && file !== self) note(file, isOurs(importer) ? [importer] : [anyModule]);
      }
      return found;
    },
  });
}
