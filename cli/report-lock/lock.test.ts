import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir, hostname } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../terminal.ts';
import { silentMs, thisHolder, type Holder } from './holder.ts';
import { FolderTaken, holderOf, lockFile, takeLock } from './lock.ts';
import { withReportFolder } from './with-report-folder.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bgop lock '));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The lock of somebody else. */
function leave(holder: Partial<Holder>, silence = 0): void {
  const file = path.join(folder, lockFile);
  writeFileSync(file, JSON.stringify({ ...thisHolder(), ...holder }));
  const then = new Date(Date.now() - silence);
  utimesSync(file, then, then);
}

/** More than any system gives. */
const nobody = 2 ** 22 + 1;

describe('the lock of a report folder', () => {
  it('refuses the second one, with who has it, until it is let go', () => {
    const { release } = takeLock(folder);
    expect(() => takeLock(folder)).toThrow(FolderTaken);
    expect(() => takeLock(folder)).toThrow(`process ${process.pid} on ${hostname()}, since 20`);
    release();
    expect(readdirSync(folder)).toEqual([]);
    takeLock(folder).release();
  });

  it.each([
    ['of a process that has died', { pid: nobody }, 0],
    ['of a process whose number another one has now', { process: '1' }, 0],
    ['of a silent machine', { host: 'elsewhere', pid: 1 }, silentMs + 1_000],
  ])('%s is taken over', (_whose, holder, silence) => {
    leave(holder, silence);
    expect(holderOf(folder)).toBeUndefined();
    const { release } = takeLock(folder);
    expect(JSON.parse(readFileSync(path.join(folder, lockFile), 'utf8'))).toMatchObject({ pid: process.pid });
    release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['', 'half of {', '{}', '7'])('is taken over where it is not whole: %j', (text) => {
    writeFileSync(path.join(folder, lockFile), text);
    takeLock(folder).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of a machine that shows life is kept', () => {
    leave({ host: 'elsewhere', pid: nobody }, 1_000);
    expect(() => takeLock(folder)).toThrow('on elsewhere');
  });

  it('is not removed when it has become that of another', () => {
    const { release } = takeLock(folder);
    leave({ pid: nobody });
    release();
    expect(readdirSync(folder)).toEqual([lockFile]);
  });
});

describe('a report folder', () => {
  it('is made for the time that it is needed, and stays when something is in it', async () => {
    const deep = path.join(folder, 'a', 'b');
    await withReportFolder(deep, async () => expect(readdirSync(deep)).toEqual([lockFile]));
    expect(readdirSync(folder)).toEqual([]);
    await withReportFolder(deep, async () => writeFileSync(path.join(deep, 'x'), ''));
    expect(readdirSync(deep)).toEqual(['x']);
  });

  it.each([
    ['/proc/none/x', /no report can be written there: the folder \/proc is there and takes nothing new/],
    ['/dev/null/x', /part of the path is a file/],
    ['/dev/full', /a file and not a folder/],
    ['/sys/kernel/bgop', /no report can be written there/],
    [`/tmp/${'x'.repeat(300)}`, /name is too long/],
  ])('is refused at once where there can be none: %s', async (place, why) => {
    const waiting = withReportFolder(place, async () => undefined);
    await expect(waiting).rejects.toThrow(UsageError);
    await expect(waiting).rejects.toThrow(why);
    await expect(waiting).rejects.toThrow('Name a folder that you may write to.');
  });
});
