// Files from elsewhere that a command is given: results, journals, archives, configurations, folders with links.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { sampleResult } from '../../reports/fixtures/sample.ts';
import { bgop, tail } from './bgop.mjs';

const nasty =
  '\u001b[2J\u009b31m\u202e</script><script>hostile()</script><img src=x onerror=hostile()>\n::error::owned ../../etc/passwd';
const deep = '{"a":'.repeat(200_000) + '1' + '}'.repeat(200_000);
/** A result whose every text is nasty, but for what tells its parts apart. */
function nastyResult() {
  const kept = /^(id|section|level|basis|verdict|outcome|kind|startedAt|schemaVersion|sha256|method)$/;
  const changed = (value, key) => {
    if (typeof value === 'string')
      return kept.test(key) || /^\d{4}-\d\d-\d\dT/.test(value) ? value : `${value}${nasty}`;
    if (Array.isArray(value)) return value.map((each) => changed(each, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, changed(each, name)]));
  };
  return JSON.stringify(changed(sampleResult({ checks: 2 }), ''));
}
const put = (name, text) => (folder) => writeFile(path.join(folder, name), text);
/** A file of so many bytes that takes no room. */
const sparse = (name, bytes) => async (folder) => {
  await appendFile(path.join(folder, name), '{');
  await truncate(path.join(folder, name), bytes);
};

/** A case: the command ends soon, with one of these statuses, and says something. */
function given(name, prepare, args, status, { holds, short = false } = {}) {
  return {
    name,
    short,
    beside: true,
    deadlineMs: 45_000,
    async run() {
      const ended = await bgop(args, {
        async prepare(folder) {
          await writeFile(path.join(folder, 'victim'), 'precious');
          await prepare(folder);
        },
        deadlineMs: 40_000,
        after: async (folder) => {
          const victim = await readFile(path.join(folder, 'victim'), 'utf8');
          if (victim !== 'precious') throw new Error('a file that nobody named was written to');
          for (const file of existsSync(path.join(folder, 'page')) ? (holds ?? []) : []) {
            const text = await readFile(path.join(folder, file), 'utf8');
            if (/<script>hostile|<img src=x/.test(text))
              throw new Error(`${file} holds markup of the result`);
          }
        },
      });
      if (!status.includes(ended.status))
        throw new Error(`status ${ended.status}, expected ${status}; ${tail(ended)}`);
      if (!/\S/.test(ended.out + ended.err)) throw new Error('it ended without a word');
      return `status ${ended.status} after ${ended.seconds.toFixed(1)} s`;
    },
  };
}

const zip = (files) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
const manifest = JSON.stringify({ version: 1, files: {} });

export default [
  given('a result 200,000 deep', put('deep.json', deep), ['report', 'render', 'deep.json'], [2, 3]),
  given(
    'a result whose every text is nasty, as a page',
    async (folder) => put('bad.json', nastyResult())(folder),
    ['report', 'render', 'bad.json', '--report', 'page'],
    [0, 2],
    { holds: ['page/index.html'] },
  ),
  given(
    'a result whose every text is nasty, as Markdown',
    async (folder) => put('bad.json', nastyResult())(folder),
    ['report', 'render', 'bad.json', '--format', 'markdown'],
    [0, 2],
  ),
  given('a result of 4 GB', sparse('huge.json', 2 ** 32), ['report', 'render', 'huge.json'], [2, 3]),
  given(
    'a folder of results with a pipe, a device, a circle of links and a link to a file',
    async (folder) => {
      const at = (name) => path.join(folder, 'all', name);
      await mkdir(at(''));
      await writeFile(at('good.json'), JSON.stringify(sampleResult({ checks: 1 })));
      execFileSync('mkfifo', [at('pipe.json')]);
      await symlink('/dev/zero', at('zero.json'));
      await symlink('.', at('circle'));
      await symlink(path.join(folder, 'victim'), at('.bgop-history.json'));
      await symlink(path.join(folder, 'victim'), at('history.html'));
    },
    ['report', 'history', 'all'],
    [0, 2],
    { short: true },
  ),
  given(
    'an archive whose names climb out, and a link',
    put(
      'evil.zip',
      zip({
        '../victim': 'x',
        '/tmp/victim-of-an-archive': 'x',
        'a/../../victim': 'x',
        'a\\..\\victim': 'x',
        'manifest.json': manifest,
      }),
    ),
    ['report', 'verify-bundle', 'evil.zip', '--extract', 'out'],
    [1, 2, 3],
    { short: true },
  ),
  given(
    'an archive that says of a file that it has 4 GB',
    (folder) => {
      const bytes = Buffer.from(zip({ '1-x/conformance.json': '{}', 'manifest.json': manifest }));
      const entry = bytes.indexOf('PK\u0001\u0002', 0, 'latin1');
      bytes.writeUInt32LE(0xffff_fff0, entry + 24);
      return writeFile(path.join(folder, 'liar.zip'), bytes);
    },
    ['report', 'verify-bundle', 'liar.zip', '--extract', 'out'],
    [1, 2, 3],
  ),
  given(
    'a journal of nonsense, of deep lines and of half a line',
    async (folder) => {
      await mkdir(path.join(folder, 'killed'));
      const lines = [
        '{"kind":"run","version":1}',
        deep,
        nasty,
        '{"kind":"end","test":{},"checks":7}',
        '{"kind":"be',
      ];
      await writeFile(path.join(folder, 'killed', 'journal.jsonl'), lines.join('\n'));
    },
    ['report', 'recover', 'killed'],
    [1, 2, 3],
    { short: true },
  ),
  given('a configuration 200,000 deep', put('bgop.config.json', deep), ['verify'], [2]),
  given(
    'a configuration that is a pipe',
    (folder) => void execFileSync('mkfifo', [path.join(folder, 'bgop.config.json')]),
    ['verify'],
    [2],
  ),
  given(
    'a configuration with names of prototypes, control characters and a secret in the wrong place',
    put(
      'bgop.config.json',
      `{"__proto__":{"x":1},"constructor":1,"target":{"kind":${JSON.stringify(nasty)}}}`,
    ),
    ['doctor'],
    [2],
  ),
  given(
    'known deviations of nonsense',
    async (folder) => {
      await put('known.json', `[${JSON.stringify(nasty)},{"clause":{"toString":1}},null]`)(folder);
      await put('bgop.config.json', '{"knownDeviations":"known.json"}')(folder);
    },
    ['verify', '--only', 'unknown'],
    [2],
  ),
  given(
    'a token of a replay that is deep',
    () => {},
    ['replay', `bgop1.${Buffer.from('['.repeat(60_000)).toString('base64url')}`],
    [2],
  ),
  given(
    'a token of a replay whose law attacks the terminal',
    () => {},
    ['replay', `bgop1.${Buffer.from(JSON.stringify([nasty, 1, '0'])).toString('base64url')}`],
    [2, 3],
  ),
];
