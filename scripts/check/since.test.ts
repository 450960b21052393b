import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';

interface Changed {
  readonly file: string;
  readonly status: 'changed' | 'new' | 'gone';
}

const { changedSince, commitNow, mayMoveImports, passed } = (await import(
  new URL('since.mjs', import.meta.url).href
)) as {
  changedSince: (folder: string, step: string, decisive: readonly string[]) => Changed[] | undefined;
  commitNow: (folder: string) => string | undefined;
  mayMoveImports: (folder: string, step: string, changed: Changed[] | undefined) => boolean;
  passed: (folder: string, step: string, commit: string | undefined) => void;
};

const folder = mkdtempSync(path.join(tmpdir(), 'since-'));
const git = (...args: string[]): void => {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', ['-C', folder, ...who, ...args], { stdio: 'ignore' });
};
const write = (name: string, text: string): void => {
  writeFileSync(path.join(folder, name), text);
};
const commit = (): void => {
  git('add', '-A');
  git('commit', '-m', 'more');
};
const since = (): Changed[] | undefined => changedSince(folder, 'format', ['rules.json']);
const moves = (): boolean => mayMoveImports(folder, 'format', since());

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  git('init');
  write('.gitignore', 'node_modules\n');
  write('rules.json', '{}');
  write('one.ts', "import two from './two.ts';\nconst a = 1;\n");
  write('two with ä.ts', 'const b = 1;\n');
  commit();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('all files count before a step has passed, and where there is no repository', () => {
  expect(since()).toBeUndefined();
  rmSync(path.join(folder, '.git'), { recursive: true });
  passed(folder, 'format', commitNow(folder));
  expect(since()).toBeUndefined();
});

it('after it has passed those count that differ, committed or not, or are not known to git', () => {
  passed(folder, 'format', commitNow(folder));
  expect(since()).toEqual([]);
  write('two with ä.ts', 'const b = 2;\n');
  commit();
  write('one.ts', 'changed');
  write('three.ts', 'new');
  expect(since()).toEqual([
    { file: 'one.ts', status: 'changed' },
    { file: 'two with ä.ts', status: 'changed' },
    { file: 'three.ts', status: 'new' },
  ]);
});

it('what was not committed when it passed counts still', () => {
  write('one.ts', 'changed');
  passed(folder, 'format', commitNow(folder));
  expect(since()).toEqual([{ file: 'one.ts', status: 'changed' }]);
});

it('all count once a file has changed that decides for all, or the commit is gone', () => {
  passed(folder, 'format', commitNow(folder));
  write('rules.json', '[]');
  expect(since()).toBeUndefined();
  passed(folder, 'format', '0123456789012345678901234567890123456789');
  git('checkout', 'rules.json');
  expect(since()).toBeUndefined();
});

it('imports stay where they are unless such a line changed, or a file came or went', () => {
  expect(moves()).toBe(true);
  passed(folder, 'format', commitNow(folder));
  expect(moves()).toBe(false);
  write('one.ts', "import two from './two.ts';\nconst a = 2;\n");
  expect(moves()).toBe(false);
  write('one.ts', "import type two from './two.ts';\nconst a = 2;\n");
  expect(moves()).toBe(true);
  git('checkout', 'one.ts');
  write('three.ts', '');
  expect(moves()).toBe(true);
  rmSync(path.join(folder, 'three.ts'));
  rmSync(path.join(folder, 'one.ts'));
  expect(moves()).toBe(true);
});
