import { describe, expect, it } from 'vitest';
import { LongMessages } from './long-messages.ts';

const long = (root: string) => `<${root}>${'x'.repeat(100_000)}</${root}>`;

describe('long messages', () => {
  it('are read one after the other, and short ones at once', async () => {
    const messages = new LongMessages();
    const ended: string[] = [];
    const reads = ['a', 'b', 'c'].map(async (root) => {
      const { root: read } = await messages.read(long(root));
      ended.push(read?.local ?? '');
    });
    expect(messages.read('<short/>')).toMatchObject({ root: { local: 'short' } });
    await Promise.all(reads);
    expect(ended).toEqual(['a', 'b', 'c']);
  });

  it('are refused where too many wait, until there is room again', async () => {
    const messages = new LongMessages();
    const huge = `<a>${' '.repeat(20 * 1024 * 1024)}`;
    const reads = [1, 2, 3].map(() => messages.read(huge));
    expect(messages.read(huge)).toMatchObject({ error: { status: 429 } });
    for (const read of await Promise.all(reads)) expect(read.error?.status).toBe(400);
    expect((await messages.read(long('a'))).root?.local).toBe('a');
  });
});
