import { setTimeout as realSleep } from 'node:timers/promises';
import { isObject, type WireAnswer, type WireRequest } from './answer.ts';
import { parseJson } from './json.ts';
import { TransportError, Undecided } from './verdict.ts';
import type { ClockWatch } from './watch/clock-watch.ts';

/** The target's time: a virtual clock that the suite moves, or the real one. */
export interface TargetClock {
  readonly virtual: boolean;
  /** The target's time, epoch milliseconds. */
  now(): Promise<number>;
  /** The last time that a virtual clock told, which may have been moved on by others; undefined where it told none. */
  readonly known?: number | undefined;
  /**
   * Moves a virtual clock; everything that falls due happens before it resolves with the new time.
   * On a real clock it waits that long.
   */
  advance(milliseconds: number): Promise<number>;
  /**
   * As {@link advance}, for whoever lets time pass and has nothing against more of it: those who ask for it at the
   * same time share one move of a virtual clock, the longest of theirs.
   */
  pass(milliseconds: number): Promise<number>;
  /**
   * Lets a little time pass between two polls: on a virtual clock the event loop turns, nothing else.
   */
  pause(milliseconds: number): Promise<void>;
}

/** The real clock of this machine. */
export const realClock: TargetClock = {
  virtual: false,
  now: () => Promise.resolve(Date.now()),
  advance: async (milliseconds) => {
    await realSleep(milliseconds);
    return Date.now();
  },
  pass: (milliseconds) => realClock.advance(milliseconds),
  pause: (milliseconds) => realSleep(milliseconds),
};

/** Sends a request of the clock interface. */
export type ClockSend = (request: WireRequest) => Promise<WireAnswer>;

/** What to do about a clock interface that answers 401. */
export const clockTokenAdvice =
  'It asks for a token: name the environment variable that holds it in target.clock.tokenEnv (bgop simulate prints the token, and --write-config FILE writes a configuration that has it)';

/** The clock interface of a target, at its URL. One advance at a time. */
export class VirtualClock implements TargetClock {
  readonly virtual = true;
  readonly #url: string;
  readonly #send: ClockSend;
  readonly #shown: readonly [string, string][];
  #last: Promise<unknown> = Promise.resolve();
  #known: number | undefined;
  #advancing = 0;
  /** How many advances have begun. */
  #begun = 0;
  /** A move that has not begun yet, and that others may share. */
  #shared: { milliseconds: number; readonly moved: Promise<number> } | undefined;
  /** Told of everything that the clock tells, to see what else moves it. */
  watch: ClockWatch | undefined;
  /** Told of every advance, as evidence. */
  onAdvanced: ((milliseconds: number, now: number, durationMs: number) => void) | undefined;

  /** @param authorization what its requests show, where the clock interface is not open to everybody */
  constructor(url: string, send: ClockSend, authorization?: string) {
    this.#url = url;
    this.#send = send;
    this.#shown = authorization === undefined ? [] : [['Authorization', authorization]];
  }

  get known(): number | undefined {
    return this.#known;
  }

  async now(): Promise<number> {
    const begun = this.#advancing === 0 ? this.#begun : undefined;
    const now = await this.#read({
      method: 'GET',
      url: this.#url,
      headers: [['Accept', 'application/json'], ...this.#shown],
    });
    // During an advance any time on its way may be told, and an answer may be from before it.
    if (begun === this.#begun && this.#advancing === 0) this.watch?.read(now);
    return now;
  }

  advance(milliseconds: number): Promise<number> {
    // Checks that follow the times which a target shows may be led backwards by wrong ones.
    if (!(milliseconds >= 1))
      throw new Undecided(`the target's own times lead to an advance of ${milliseconds} ms`);
    const request: WireRequest = {
      method: 'POST',
      url: this.#url,
      headers: [['Content-Type', 'application/json'], ['Accept', 'application/json'], ...this.#shown],
      body: JSON.stringify({ milliseconds }),
    };
    const move = async (): Promise<number> => {
      const began = performance.now();
      const now = await this.#read(request)
        .catch((error: unknown) => {
          // It may have been taken all the same.
          this.watch?.lost();
          throw error;
        })
        .finally(() => {
          this.#advancing -= 1;
        });
      this.watch?.advanced(milliseconds, now);
      this.onAdvanced?.(milliseconds, now, performance.now() - began);
      return now;
    };
    this.#advancing += 1;
    this.#begun += 1;
    const moved = this.#last.then(move, move);
    this.#last = moved;
    return moved;
  }

  pass(milliseconds: number): Promise<number> {
    if (this.#shared !== undefined) {
      this.#shared.milliseconds = Math.max(this.#shared.milliseconds, milliseconds);
      return this.#shared.moved;
    }
    const begin = (): Promise<number> => {
      this.#shared = undefined;
      return this.advance(shared.milliseconds);
    };
    const shared = { milliseconds, moved: this.#last.then(begin, begin) };
    this.#shared = shared;
    return shared.moved;
  }

  pause(): Promise<void> {
    return realSleep(2);
  }

  async #read(request: WireRequest): Promise<number> {
    const answer = await this.#send(request);
    const body = parseJson(answer.body);
    const now = isObject(body) && typeof body['now'] === 'string' ? Date.parse(body['now']) : undefined;
    if (answer.status !== 200 || typeof now !== 'number' || Number.isNaN(now)) {
      throw new TransportError(
        `the clock at ${this.#url} answered ${answer.status} to ${request.method}, without {"now": "…"}${answer.status === 401 ? `. ${clockTokenAdvice}` : ''}`,
      );
    }
    this.#known = now;
    return now;
  }
}
