import { expect, it } from 'vitest';
import { main } from './main.ts';

async function bgop(...args: string[]): Promise<{ status: number; text: string }> {
  const lines: string[] = [];
  const take = (line: string): void => void lines.push(line);
  const status = await main(args, { out: take, err: take });
  return { status, text: lines.join('\n') };
}

it.each([
  [['verify', '--report', ''], '--report <dir>'],
  [['verify', '--config='], '--config <file>'],
  [['simulate', '--host', ' '], '--host <address>'],
  [['report', 'compare', 'a', 'b', '-o', ''], '-o, --output <file>'],
])('refuses %j, whose value is empty', async (args, option) => {
  expect(await bgop(...args)).toEqual({ status: 2, text: `bgop: option '${option}' must not be empty.` });
});
