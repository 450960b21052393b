import { describe, expect, it } from 'vitest';
import type { Leftover } from './leftovers.ts';
import { cleanupLines, type Cleanup } from './text.ts';

const id = '0123456789ab'.padEnd(64, '0');
const container = (run: string): Leftover => ({ kind: 'container', id, name: 'contoso:1', run });

function told(done: Partial<Cleanup>): string[] {
  return cleanupLines({
    found: [],
    unseen: [],
    refused: [],
    command: 'bgop cleanup --config c.json',
    ...done,
  });
}

describe('what a cleanup tells of containers', () => {
  it('has each by its short id and image, and the commands that remove them', () => {
    expect(told({ found: [container('1a2b3c4d'), container('build-7')] })).toEqual([
      'Run 1a2b3c4d left behind: 1 container.',
      'Run build-7 left behind: 1 container.',
      '',
      '  left      container  0123456789ab  contoso:1',
      '  left      container  0123456789ab  contoso:1',
      '',
      'Nothing was removed. A run that is at work now is in this list, too. To remove:',
      '  bgop cleanup --config c.json --run 1a2b3c4d',
      '  bgop cleanup --config c.json --run build-7',
      '  bgop cleanup --config c.json --all',
      '',
    ]);
  });

  it('counts those that were removed, and names what the engine refused', () => {
    const found = [container('1a2b3c4d'), container('1a2b3c4d')];
    const removals = [
      { ...container('1a2b3c4d'), outcome: 'removed' as const },
      { ...container('1a2b3c4d'), outcome: 'refused' as const, reason: 'HTTP code 500' },
    ];
    expect(told({ found, removals, run: '1a2b3c4d' }).slice(1)).toEqual([
      '',
      '  removed   container  0123456789ab  contoso:1',
      '  refused   container  0123456789ab  contoso:1 (HTTP code 500)',
      '',
      '1 containers removed, 0 were gone already.',
      '1 could not be removed: see what the engine answered, and whether the user may do this.',
    ]);
  });
});
