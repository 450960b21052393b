import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { terminalAsker, type Asker } from './asker.ts';

/** A terminal at which these keys are pressed, each once the screen shows the words before it. */
function at(...pressed: readonly (readonly [shown: string, keys: string])[]): Promise<Asker> {
  const input = new PassThrough();
  const output = new PassThrough();
  const left = [...pressed];
  let shown = '';
  output.on('data', (chunk: Buffer) => {
    shown += chunk.toString('utf8');
    const [next] = left;
    if (next === undefined || !shown.includes(next[0])) return;
    left.shift();
    shown = '';
    setImmediate(() => input.write(next[1]));
  });
  return terminalAsker({ input, output });
}

const down = '\u001b[B';
const backspace = '\u007f';
const onlyX = (answer: string): string | undefined => (answer === 'x' ? undefined : 'Wanted x.');

describe('the questions at a terminal', () => {
  it('let the arrows choose', async () => {
    const choices = [
      { value: 'a', label: 'the first' },
      { value: 'b', label: 'the second' },
    ] as const;
    const asker = await at(['Which', down], ['the second', '\r']);
    expect(await asker.choose<'a' | 'b'>('Which?', choices, 'a')).toBe('b');
  });

  it('take yes for a no that was proposed', async () => {
    expect(await (await at(['Really', 'y'])).confirm('Really?', false)).toBe(true);
  });

  it('say what is wrong with a text, and ask again', async () => {
    const asker = await at(['Text', 'y\r'], ['Wanted x', `${backspace}x\r`]);
    expect(await asker.text('Text', onlyX)).toBe('x');
  });

  it('take nothing for what was proposed', async () => {
    expect(await (await at(['Text', '\r'])).text('Text', onlyX, 'as ever')).toBe('as ever');
  });

  it('end at Ctrl-C', async () => {
    await expect((await at(['Text', '\u0003'])).text('Text', onlyX)).rejects.toThrow(
      'cancelled; nothing was written',
    );
  });
});
