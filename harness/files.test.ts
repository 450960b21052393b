import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileError, readText, requireOutput, writeOutput } from './files.ts';

let folder: string;
const at = (name: string): string => path.join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bgop files '));
  writeFileSync(at('file'), 'text');
  symlinkSync('file', at('link'));
  symlinkSync('loop', at('loop'));
  execFileSync('mkfifo', [at('pipe')]);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Places where no file can be, or be read. */
const nowhere: readonly [string, () => string, RegExp][] = [
  ['a folder', () => folder, /folder and not a file/],
  ['a path through a file', () => at('file/x'), /part of the path is a file/],
  ['a circle of links', () => at('loop'), /links lead in a circle/],
  ['a name that is too long', () => at('x'.repeat(300)), /name is too long/],
  ['a name with NUL', () => at('a\0b'), /does not take such a name/],
];

describe('a file that is read', () => {
  it.each([
    ...nowhere,
    ['a pipe that nobody writes to', () => at('pipe'), /a pipe or a device/],
    ['a device without end', () => '/dev/zero', /a pipe or a device/],
    ['nothing', () => at('none'), /no such file/],
  ] as typeof nowhere)('is not %s, which is said at once', async (_what, file, why) => {
    const reading = readText(file());
    await expect(reading).rejects.toThrow(FileError);
    await expect(reading).rejects.toThrow(why);
  });

  it('is read through a link only where the user named it', async () => {
    expect(await readText(at('link'))).toBe('text');
    await expect(readText(at('link'), { links: false })).rejects.toThrow('it is a link');
    await expect(readText(at('file'), { most: 3 })).rejects.toThrow('4 bytes');
  });
});

describe('a file that is written', () => {
  it.each([
    ...nowhere,
    ['a pipe that nobody reads from', () => at('pipe'), /nobody reads/],
    ['a full device', () => '/dev/full', /no space is left/],
    ['in a folder that is not there', () => at('none/x'), /there is no folder \S.*none /],
    ['among the processes', () => '/proc/x', /folder \/proc is there and takes nothing new/],
  ] as typeof nowhere)('is not %s, which is said at once', async (_what, file, why) => {
    const before = readdirSync(folder);
    const writing = writeOutput(file(), 'more');
    await expect(writing).rejects.toThrow(FileError);
    await expect(writing).rejects.toThrow(why);
    expect(readdirSync(folder)).toEqual(before);
  });

  it('can be asked for beforehand, which changes nothing', async () => {
    const before = readdirSync(folder);
    for (const name of ['file', 'link', 'new']) await requireOutput(at(name));
    expect(readdirSync(folder)).toEqual(before);
    expect(readFileSync(at('file'), 'utf8')).toBe('text');
    await expect(requireOutput('/dev/full')).rejects.toThrow('no space is left');
    await expect(requireOutput(at('none/x'))).rejects.toThrow(FileError);
  });

  it('is refused for the reason of the folder where nothing can be made', async () => {
    // Whoever may write everywhere, as root, may not write there either.
    await expect(writeOutput('/sys/bgop', 'more')).rejects.toThrow(/permission|permit|read-only/);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('keeps the link that leads to it, and takes what swallows everything', async () => {
    await writeOutput(at('link'), 'more');
    expect(readFileSync(at('file'), 'utf8')).toBe('more');
    await writeOutput('/dev/null', 'more');
    await writeOutput(at('new'), 'more');
    expect(readdirSync(folder)).toContain('new');
  });
});
