// Which files a step of the check has to look at: those that differ from the commit at which it passed last, and those
// that git does not know yet. Undefined: all of them, since nothing is known, or since a file that decides for all changed.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const git = (folder, ...args) =>
  execFileSync('git', ['-C', folder, '-c', 'core.quotePath=false', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 28,
  });
const lines = (text) => text.split('\n').filter((line) => line !== '');

const kept = (folder, step) => path.join(folder, 'node_modules', '.cache', 'check', `${step}.txt`);

/** What {@link passed} keeps, taken before a step begins; undefined outside a repository. */
export function commitNow(folder) {
  try {
    return git(folder, 'rev-parse', 'HEAD').trim();
  } catch {
    return undefined;
  }
}

/** Keeps at which commit a step passed: what differs from it later, or did then, is looked at again. */
export function passed(folder, step, commit) {
  if (commit === undefined) return;
  mkdirSync(path.dirname(kept(folder, step)), { recursive: true });
  writeFileSync(kept(folder, step), commit);
}

/**
 * The files to look at, relative to the folder; those that are gone are among them, marked.
 *
 * @param {readonly string[]} decisive files whose change decides for all
 * @returns {{file: string, status: 'changed' | 'new' | 'gone'}[] | undefined}
 */
export function changedSince(folder, step, decisive) {
  try {
    const commit = readFileSync(kept(folder, step), 'utf8');
    const tracked = lines(git(folder, 'diff', '--no-renames', '--name-status', commit)).map((line) => {
      const [letter, file] = line.split('\t');
      return { file, status: { A: 'new', D: 'gone' }[letter] ?? 'changed' };
    });
    const untracked = lines(git(folder, 'ls-files', '--others', '--exclude-standard'));
    const all = [...tracked, ...untracked.map((file) => ({ file, status: 'new' }))];
    return all.some(({ file }) => decisive.includes(file)) ? undefined : all;
  } catch {
    return undefined;
  }
}

const importing = /\b(?:import|export|require|from)\b/;

/** Whether changes can change what imports what: a file came or went, or a line with such a word did. */
export function mayMoveImports(folder, step, changed) {
  if (changed === undefined || changed.some(({ status }) => status !== 'changed')) return true;
  const diff = git(folder, 'diff', '--unified=0', readFileSync(kept(folder, step), 'utf8'));
  return lines(diff).some((line) => /^[+-](?![+-]{2} )/.test(line) && importing.test(line));
}
