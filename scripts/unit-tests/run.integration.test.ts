import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const project = mkdtempSync(path.join(tmpdir(), 'selected tests '));
afterAll(() => {
  rmSync(project, { recursive: true });
});

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
  writeFileSync(path.join(project, file), text);
}

/** A test file that imports what it needs, and holds a value against 1. */
const test = (imports: string, value: string): string =>
  `import { expect, it } from 'vitest';\n${imports}\nit('is 1', async () => { expect(${value}).toBe(1); });\n`;

/** Runs the tests that can be affected: the status, and which test files ran. */
function run(): { readonly status: number | null; readonly ran: string[] } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [fileURLToPath(new URL('run.mjs', import.meta.url))],
    {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, VITEST: undefined, NO_COLOR: '1', FORCE_COLOR: undefined },
    },
  );
  const ran = (stdout + stderr).matchAll(/^ [✓❯] (\w+)\.test\.ts/gm);
  return { status, ran: [...new Set([...ran].map(([, name = '']) => name))].sort() };
}

it('runs what a change can affect, until all of that passes, and all where it cannot know', () => {
  write('package.json', '{"type":"module"}');
  mkdirSync(path.join(project, 'node_modules'));
  const vitest = fileURLToPath(new URL('../../node_modules/vitest', import.meta.url));
  symlinkSync(vitest, path.join(project, 'node_modules/vitest'));
  write('shared.ts', 'export const one: number = 1;');
  write('data.json', '1');
  write('list/one', '');
  // Without isolation this module is evaluated once for both of its tests.
  write(
    'reader.ts',
    "import fs from 'node:fs';\nexport const read: unknown = JSON.parse(fs.readFileSync('data.json', 'utf8'));",
  );
  write('module.test.ts', test("import { one } from './shared.ts';", 'one'));
  write('dynamic.test.ts', test("const name = './shared.ts';", '(await import(name)).one'));
  write('data.test.ts', test("import { read } from './reader.ts';", 'read'));
  write('again.test.ts', test("import { read } from './reader.ts';", 'read'));
  write(
    'list.test.ts',
    test("import { readdir } from 'node:fs/promises';", "(await readdir('list')).length"),
  );
  write('alone.test.ts', test('', '1'));
  const all = ['again', 'alone', 'data', 'dynamic', 'list', 'module'];
  expect(run()).toEqual({ status: 0, ran: all });
  write('shared.ts', 'export const one: number = 2;');
  write('data.json', ' 1');
  write('list/two', '');
  expect(run()).toEqual({ status: 1, ran: all.filter((name) => name !== 'alone') });
  write('shared.ts', 'export const one: number = 1;');
  rmSync(path.join(project, 'list/two'));
  expect(run()).toEqual({ status: 0, ran: ['again', 'data'] });
  write('package.json', '{"type":"module","private":true}');
  expect(run()).toEqual({ status: 0, ran: all });
});
