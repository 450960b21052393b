import { writeFile } from 'node:fs/promises';
import { complaints } from '../selftest/matrix.ts';
import { selfTest } from '../selftest/selftest.ts';
import { suiteIdentity } from './package.ts';
import { UsageError, type Terminal } from './terminal.ts';
import { provenFile } from './verify/proven.ts';

/** The options of `bgop self-test`, as commander gives them. */
export interface SelfTestCommandOptions {
  readonly only: readonly string[];
  readonly threads?: number;
  readonly runs?: number;
  readonly seed?: number;
  readonly matrix?: string;
  readonly update?: boolean;
}

/** `bgop self-test`: 0 when every deviation is caught by its clause and nothing else is called broken. */
export async function selfTestCommand(options: SelfTestCommandOptions, terminal: Terminal): Promise<number> {
  const { only, threads, runs, seed } = options;
  if (options.update === true && only.length > 0)
    throw new UsageError('--update needs a whole self-test, without --only.');
  const { name, version } = suiteIdentity();
  const live = process.stderr.isTTY;
  const matrix = await selfTest({
    suite: `${name} ${version}`,
    ...(only.length === 0 ? {} : { only }),
    ...(threads === undefined ? {} : { threads }),
    ...(runs === undefined ? {} : { runs }),
    ...(seed === undefined ? {} : { seed }),
    progress: (done, total) => {
      if (live) process.stderr.write(`\r\u001b[K${done} of ${total} trials`);
      else if (done % 25 === 0 || done === total) terminal.err(`${done} of ${total} trials`);
    },
  });
  if (live) process.stderr.write('\r\u001b[K');
  if (options.matrix !== undefined) await writeFile(options.matrix, `${JSON.stringify(matrix, null, 2)}\n`);
  if (options.update === true) await writeFile(provenFile, `${JSON.stringify(matrix.proven, null, 2)}\n`);
  const wrong = complaints(matrix).filter((one) => only.length === 0 || !one.includes('is unproven'));
  for (const line of wrong) terminal.out(line);
  terminal.out(
    `${matrix.killed} of ${matrix.deviations} deviations caught, ${matrix.unproven.length} MUST clauses unproven, ${wrong.length} complaints, ${(matrix.durationMs / 1000).toFixed(1)} s.`,
  );
  return wrong.length === 0 ? 0 : 1;
}
