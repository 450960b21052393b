import { Cron } from 'croner';

/** What it takes to wait. */
interface Time {
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/**
 * Runs a work at each moment of a schedule, whether the run before has ended or not: a recurrence trigger.
 *
 * @param pattern of cron, in UTC: `0 2 * * *` is each night at two
 * @param until the last moment, epoch milliseconds
 * @returns what the runs came to, in order, when all of them have ended
 */
export async function onSchedule<T>(
  pattern: string,
  until: number,
  time: Time,
  work: (moment: Date) => Promise<T>,
): Promise<T[]> {
  const schedule = new Cron(pattern, { timezone: 'UTC', paused: true });
  const runs: Promise<T>[] = [];
  for (;;) {
    const next = schedule.nextRun(new Date(time.now()));
    if (next === null || next.getTime() > until) return Promise.all(runs);
    await time.wait(next.getTime() - time.now());
    runs.push(work(next));
  }
}
