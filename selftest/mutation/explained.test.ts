import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Survivor {
  readonly file: string;
  readonly line: string;
  readonly change: string;
}

type Explanations = Readonly<
  Record<string, readonly { why: string; mutants: Readonly<Record<string, readonly string[]>> }[]>
>;

const { survivorsIn, unexplained, readExplanations } = (await import(
  new URL('explained.mjs', import.meta.url).href
)) as {
  survivorsIn: (report: object) => Survivor[];
  unexplained: (survivors: readonly Survivor[], explanations: Explanations) => Survivor[];
  readExplanations: () => Explanations;
};

const from = (line: number, start: number, end: number) => ({
  start: { line, column: start },
  end: { line, column: end },
});

const report = {
  files: {
    'simulator/core/sum.ts': {
      source: 'function sum(a, b) {\n  return a + b;\n}\n',
      mutants: [
        { status: 'Survived', location: from(2, 10, 15), replacement: 'a - b' },
        { status: 'NoCoverage', location: from(2, 10, 15), replacement: 'a * b' },
        { status: 'Killed', location: from(2, 10, 15), replacement: 'a / b' },
      ],
    },
  },
};

const less = { file: 'core/sum.ts', line: 'return a + b;', change: 'a + b → a - b' };
const times = { ...less, change: 'a + b → a * b' };

describe('the survivors of a mutation run', () => {
  it('are told by file, line and change', () => {
    expect(survivorsIn(report)).toEqual([less, times]);
  });

  it('are explained where all three are listed', () => {
    const explanations = {
      'core/sum.ts': [{ kind: 'outside', why: 'no', mutants: { [less.line]: [less.change] } }],
    };
    expect(unexplained([less, times], explanations)).toEqual([times]);
    expect(unexplained([{ ...less, file: 'core/other.ts' }], explanations)).toHaveLength(1);
  });

  it.each(Object.entries(readExplanations()))('are explained by lines that %s still has', (file, groups) => {
    const lines = readFileSync(new URL(`../../simulator/${file}`, import.meta.url), 'utf8')
      .split('\n')
      .map((line) => line.trim());
    const gone = groups
      .flatMap(({ mutants }) => Object.keys(mutants))
      .filter((line) => !lines.includes(line));
    expect(gone).toEqual([]);
  });
});
