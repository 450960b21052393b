import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';

type Hashes = Readonly<Record<string, string>>;
type Green = { readonly hashes: Hashes; readonly reads: [string, string][]; readonly always: string[] };

const { changedModules, hashesOf } = (await import(new URL('selection.mjs', import.meta.url).href)) as {
  changedModules: (green: Green, modules: readonly string[]) => string[];
  hashesOf: (files: readonly string[], since: number) => Hashes;
};

const folder = mkdtempSync(path.join(tmpdir(), 'selection '));
const at = (name: string): string => path.join(folder, name);
const write = (name: string, text: string): void => {
  writeFileSync(at(name), text);
};
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
});

const soon = (): number => Date.now() + 60_000;

/** What is kept of a run in which `one.ts` read `data.json`, and something unknown whether there is `new.snap`. */
function green(always: string[] = []): Green {
  for (const name of ['one.ts', 'two.ts', 'data.json']) write(name, name);
  const files = ['one.ts', 'two.ts', 'data.json', 'new.snap'].map(at);
  const reads: [string, string][] = [
    [at('data.json'), at('one.ts')],
    [at('new.snap'), '*'],
  ];
  return { hashes: hashesOf(files, soon()), reads, always };
}
const modules = [at('one.ts'), at('two.ts')];

it('nothing has changed where every content is the same, however new the files are', () => {
  const kept = green();
  write('two.ts', 'two.ts');
  utimesSync(at('one.ts'), 1, 1);
  expect(changedModules(kept, modules)).toEqual([]);
});

it('a module has changed with its own content, with that of a file which it reads, and without it', () => {
  const kept = green();
  write('two.ts', 'other');
  expect(changedModules(kept, modules)).toEqual([at('two.ts')]);
  write('data.json', 'other');
  expect(changedModules(kept, modules).sort()).toEqual(modules);
  rmSync(at('two.ts'));
  rmSync(at('data.json'));
  expect(changedModules(kept, modules).sort()).toEqual(modules);
});

it('every module has changed where nobody knows which of them reads a file that is new', () => {
  const kept = green();
  write('new.snap', '');
  expect(changedModules(kept, modules)).toEqual(modules);
});

it('a module that nobody can follow has always changed, and so has one that was not there', () => {
  const kept = green([at('two.ts')]);
  write('three.ts', '');
  expect(changedModules(kept, [...modules, at('three.ts')])).toEqual([at('three.ts'), at('two.ts')]);
});

it('a file that was changed while the tests ran has no hash, so that it has changed', () => {
  write('one.ts', '');
  expect(hashesOf([at('one.ts')], Date.now() - 60_000)).toEqual({});
  expect(hashesOf([at('one.ts')], soon())).toHaveProperty([at('one.ts')]);
});

it('a folder has changed with the names in it', () => {
  mkdirSync(at('list'));
  write('list/a', '');
  const kept = {
    hashes: hashesOf([at('list')], soon()),
    reads: [[at('list'), at('one.ts')]] as [string, string][],
  };
  expect(changedModules({ ...kept, always: [] }, [])).toEqual([]);
  write('list/b', '');
  expect(changedModules({ ...kept, always: [] }, [])).toEqual([at('one.ts')]);
});
