import type { Clock } from './clock.ts';

/** Work that can let time pass in its middle. */
export interface Activity {
  /** Settles when the work is done or lets time pass: until then a virtual clock has to wait. */
  readonly quiet: Promise<void>;
  /** Leaves the work where it is: it is never continued after its current pause. */
  readonly abandon: () => void;
}

/**
 * Starts work whose pauses are due work on the clock. When a pause is over, the clock waits again
 * until the work is done or pauses anew. `run` must not reject.
 */
export function startActivity(
  clock: Clock,
  run: (pause: (milliseconds: number) => Promise<void>) => Promise<void>,
): Activity {
  let abandoned = false;
  let quiet = Promise.withResolvers<undefined>();
  const pause = (milliseconds: number) =>
    new Promise<void>((resume) => {
      clock.at(clock.now() + milliseconds, () => {
        if (abandoned) return;
        quiet = Promise.withResolvers();
        resume();
        return quiet.promise;
      });
      quiet.resolve(undefined);
    });
  const first = quiet.promise;
  void run(pause).then(() => {
    quiet.resolve(undefined);
  });
  return {
    quiet: first,
    abandon: () => {
      abandoned = true;
    },
  };
}
