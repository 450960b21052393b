import { usualAnswers, usualCalls } from '../simulator/http/forms.ts';
import { varyOperation } from '../simulator/operation-choices.ts';
import type { SimulatorOptions } from '../simulator/simulator.ts';

/**
 * A target that is right in other ways than the simulator is by default, all at once: HTTP/1.0 without keep-alive, rows
 * that are late in time of the machine behind a virtual clock, waits of 5, 15 and 45 s, one retry only for errors
 * of the platform, seven digits of a second, dates of 1970, and what else an operation may choose for itself.
 *
 * @param rowLagRealMs real milliseconds until a row can be read
 */
export function differentlyRight(rowLagRealMs: number): SimulatorOptions {
  const fixed = {
    retry: { baseMs: 5_000, factor: 3, jitter: 0 },
    retryPlatformErrors: true,
    platformRetries: 1,
    dates: 'ticks',
    keyValueTypes: 'strings',
    rowLagMs: 0,
    rowLagRealMs,
    answers: { ...usualAnswers, version: '1.0', keepAlive: false, body: 'bytes' },
    calls: { ...usualCalls, body: 'chunks', headerCasing: 'lower', charset: 'never' },
  } as const;
  return {
    start: 0,
    choices: fixed,
    choicesOf: (sequence) => ({ ...varyOperation(8, sequence), ...fixed }),
  };
}
