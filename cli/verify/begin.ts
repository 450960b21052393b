import type { Terminal } from '../terminal.ts';
import type { VerifyOptions } from './options.ts';
import { takeEarlySignals } from './signals.ts';

/** Loads `bgop verify` and runs it; a signal that comes while it is still being loaded is answered, too. */
export async function beginVerify(options: VerifyOptions, terminal: Terminal): Promise<number> {
  const early = takeEarlySignals(terminal);
  try {
    const { verify } = await import('./verify.ts');
    return await verify(options, terminal, early.release);
  } finally {
    early.release();
  }
}
