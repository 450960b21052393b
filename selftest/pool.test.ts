import { expect, it } from 'vitest';
import { Pool } from './pool.ts';
import type { TrialOptions } from './work.ts';

/** A thread that answers with its own number, and dies of a trial, or once it has answered, where the name says so. */
const thread = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, threadId } from 'node:worker_threads';
    parentPort.on('message', ({ deviations: [name] }) => {
      if (name === 'silent') return;
      if (name === 'dies') process.exit(7);
      parentPort.postMessage({ durationMs: threadId, checks: [] });
      if (name === 'dies later') process.exit(8);
    });
  `)}`,
);
const trial = (name: string): TrialOptions => ({ deviations: [name] }) as unknown as TrialOptions;

it('names the trial that a thread died of, and goes on with another thread', async () => {
  const pool = new Pool(1, thread);
  try {
    const [died, next] = await Promise.allSettled([pool.run(trial('dies')), pool.run(trial('next'))]);
    expect(String(died.status === 'rejected' && died.reason)).toContain(
      'The worker died in dies: exit code 7',
    );
    expect(next.status).toBe('fulfilled');
  } finally {
    await pool.close();
  }
});

it('runs what comes after the death of a thread that had nothing to do', async () => {
  const pool = new Pool(1, thread);
  try {
    const first = await pool.run(trial('dies later'));
    // Until its death is known it may still be given the trial, and die of it.
    await expect
      .poll(async () => (await pool.run(trial('next')).catch(() => first)).durationMs)
      .not.toBe(first.durationMs);
  } finally {
    await pool.close();
  }
});

it('starts nothing more once it is closed', async () => {
  const pool = new Pool(1, thread);
  const runs = Promise.allSettled(['silent', 'waits', 'waits too'].map((name) => pool.run(trial(name))));
  await pool.close();
  const outcomes = await runs;
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
});
