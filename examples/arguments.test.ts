import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

describe('the arguments of an example', () => {
  it('name a picture, or nothing', () => {
    expect(readArguments([], 'run', true)).toEqual({ picture: undefined });
    expect(readArguments(['--picture', 'no-such.svg'], 'run', true)).toEqual({ picture: 'no-such.svg' });
  });

  it('ask for help', () => {
    expect(readArguments(['--help'], 'npm run example', true)).toEqual({
      status: 0,
      says: 'Usage: npm run example -- [--picture FILE]\n  --picture FILE  draws the run as SVG',
    });
    expect(readArguments(['-h'], 'run', false)).toMatchObject({ status: 0 });
  });

  it.each([
    [['anything'], false, "Unexpected argument 'anything'"],
    [['anything'], true, "Unexpected argument 'anything'"],
    [['--picture', 'a.svg'], false, "Unknown option '--picture'"],
    [['--picture', '.'], true, "'.' is none"],
    [['--picture', ''], true, "'' is none"],
    [['--picture', 'no-such-folder/a.svg'], true, 'there is no folder'],
    [['--picture'], true, 'argument missing'],
  ])('that cannot be followed are told, with the usage: %j (draws: %s)', (args, draws, what) => {
    const read = readArguments(args, 'npm run example', draws);
    expect(read).toMatchObject({ status: 2 });
    expect('says' in read && read.says).toContain(what);
    expect('says' in read && read.says).toContain('Usage: npm run example');
  });
});
