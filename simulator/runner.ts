import type { Activity } from './activity.ts';
import { startActivity } from './activity.ts';
import type { Moment } from './behaviour/delivery.ts';
import type { Due } from './clock.ts';
import type { Command, Failure, LifecycleDecisions } from './core/lifecycle.ts';
import type { Json, NamedValue, Operation } from './core/operation.ts';
import { step } from './core/step.ts';
import { deliver, sendOut } from './courier.ts';
import type { CustomApi } from './custom-apis/custom-api.ts';
import { collectOutputs, failureOf } from './custom-apis/custom-api.ts';
import type { Scheduler } from './scheduler.ts';
import { createScheduler } from './scheduler.ts';
import type { World } from './world.ts';
import { situationOf } from './world.ts';

/** What a finished execution came to. */
type Ended =
  | { readonly outputs: readonly NamedValue[]; readonly failure?: never }
  | { readonly failure: Failure; readonly outputs?: never };

/** Commands that end an attempt. */
type Ending = Extract<Command, { readonly kind: 'succeed' | 'fail' }>;

/** Brings accepted operations to their end. */
export interface Runner {
  /** Takes over an operation that was just stored; a promise if the client has to wait for it. */
  readonly accept: (operation: Operation) => Promise<void> | undefined;
  /** Applies a command to an operation; gives it as it is afterwards, undefined if it is unknown. */
  readonly command: (id: string, command: Command) => Operation | undefined;
  /**
   * Ends the present attempt of an operation by hand, one that begins now if none is under way; what the custom
   * API makes of it is ignored. `retry` says whether retries follow a failure. Undefined if it is unknown.
   */
  readonly settle: (id: string, how: Ending, retry?: boolean) => Operation | undefined;
  /** Gives an operation that was stored before its turn at an instant. */
  readonly resume: (operation: Operation, at: number) => void;
  /** Executes a custom API without an operation. */
  readonly executeNow: (api: CustomApi, inputs: readonly NamedValue[], depth: number) => Promise<Ended>;
}

const attemptKey = ({ id, attempts }: Operation): string => `${id} ${attempts}`;

/** What a command did, for people to read. */
function stepInWords(command: Command, { attempts, executing }: Operation): string {
  switch (command.kind) {
    case 'start':
      return executing ? `attempt ${attempts} started` : 'ended as canceled';
    case 'succeed':
      return `attempt ${attempts} succeeded`;
    case 'fail':
      return `attempt ${attempts} failed: ${command.failure.message.slice(0, 300)}`;
    case 'cancel':
      return 'cancellation accepted';
  }
}

const timeOutMessage =
  'The plug-in execution failed because the operation has timed-out at the Sandbox Worker.';

/** Makes the runner of a world. */
export function createRunner(world: World): Runner {
  const { behaviour, clock, store, pending } = world;
  const scheduler: Scheduler = createScheduler(world, start);

  /** Clients that wait for the first attempt of their operation, or for its end if there is none. */
  const waiting = new Map<string, () => void>();

  /** Attempts that were ended by hand while they were executed. */
  const settled = new Set<string>();

  /** Operations with an attempt that was begun and ended by hand: the turn that it would have had is over. */
  const begunByHand = new Set<string>();

  function turn(operation: Operation): Promise<void> | undefined {
    const over =
      begunByHand.has(operation.id) && store.get(operation.id, clock.now())?.attempts !== operation.attempts;
    return over ? undefined : scheduler.turn(operation);
  }

  function start(operation: Operation): Promise<void> | undefined {
    if (store.get(operation.id, clock.now()) === undefined) pending.forget(operation);
    return apply(operation.id, { kind: 'start' });
  }

  function turnAt(operation: Operation, at: number): void {
    pending.turn(operation, at);
    clock.at(at, () => turn(operation));
  }

  /** One step of an operation; settles when what follows from it at this instant is done. */
  function apply(
    id: string,
    command: Command,
    decisions: LifecycleDecisions = behaviour,
  ): Promise<void> | undefined {
    const before = store.get(id, clock.now());
    if (before === undefined) return undefined;
    const situation = situationOf(world, before);
    if (command.kind === 'start') pending.turn(before, undefined);
    const { operation, effects } = step(decisions, before, command, situation);
    if (operation !== before) {
      store.put(operation);
      world.histories.note(id, situation.now, stepInWords(command, operation));
    }
    const following: (Promise<void> | undefined)[] = [];
    for (const effect of effects) {
      switch (effect.kind) {
        case 'turn':
          turnAt(operation, effect.at);
          if (command.kind === 'fail') {
            const at = new Date(effect.at).toISOString();
            world.histories.note(id, situation.now, `retry due at ${at}`);
          }
          break;
        case 'execute':
          following.push(happened(operation, 'started'), execute(operation));
          break;
        case 'attempt-over':
          release(id);
          if (!effect.succeeded) following.push(happened(operation, 'attempt-failed'));
          break;
        case 'completed':
          begunByHand.delete(id);
          pending.turn(operation, undefined);
          release(id);
          following.push(happened(operation, 'completed'));
          break;
      }
    }
    return following.length === 0 ? undefined : Promise.all(following).then(() => undefined);
  }

  function release(id: string): void {
    waiting.get(id)?.();
    waiting.delete(id);
  }

  /** Sends what is due at a moment; settles when it was answered or given up. */
  function happened(operation: Operation, moment: Moment): Promise<void> | undefined {
    for (const wait of behaviour.strayExecutions(moment, operation, situationOf(world, operation))) {
      clock.at(clock.now() + wait, () => stray(operation));
    }
    return deliver(world, operation, moment);
  }

  function stray(operation: Operation): Promise<void> {
    const next = { ...operation, attempts: operation.attempts + 1 };
    const api = world.apis.get(operation.name);
    return startActivity(clock, async (pause) => {
      await outcome(api, operation.inputs, next, pause);
    }).quiet;
  }

  /** Executes one attempt; settles when it ends or lets time pass. */
  function execute(operation: Operation): Promise<void> {
    scheduler.started();
    pending.begin(operation);
    return attempt(world.apis.get(operation.name), operation.inputs, operation, ({ outputs, failure }) => {
      scheduler.ended();
      pending.end(operation);
      if (settled.delete(attemptKey(operation))) return undefined;
      return apply(
        operation.id,
        failure === undefined ? { kind: 'succeed', outputs } : { kind: 'fail', failure },
      );
    });
  }

  /** Runs a custom API under the time limit and hands on how it ended, once. */
  function attempt(
    api: CustomApi | undefined,
    inputs: readonly NamedValue[],
    operation: Operation | undefined,
    ended: (result: Ended) => Promise<void> | undefined,
    depth?: number,
  ): Promise<void> {
    let over = false;
    let limit: Due | undefined;
    const end = (result: Ended): Promise<void> | undefined => {
      if (over) return undefined;
      over = true;
      limit?.drop();
      return ended(result);
    };
    const activity: Activity = startActivity(clock, async (pause) => {
      await end(await outcome(api, inputs, operation, pause, depth));
    });
    const limitMs = behaviour.attemptLimit(operation, situationOf(world, operation));
    const watch = () => {
      if (over || limitMs === undefined) return;
      // An attempt may use its limit to the last millisecond, so time is up one later.
      limit = clock.at(started + limitMs + 1, () => {
        if (isLifted(operation)) return undefined;
        if (behaviour.abandonsTimedOut(operation, situationOf(world, operation))) activity.abandon();
        const { timeOutCode } = world.choicesFor(operation);
        return end({ failure: { kind: 'time-out', code: timeOutCode, message: timeOutMessage } });
      });
    };
    const started = clock.now();
    if (clock.kind === 'real') watch();
    else void activity.quiet.then(watch);
    return activity.quiet;
  }

  /** Whether what became of an operation meanwhile lifts the limit of its attempt: never, by the contract. */
  function isLifted(operation: Operation | undefined): boolean {
    const current = operation && store.get(operation.id, clock.now());
    return (
      current !== undefined && behaviour.attemptLimit(current, situationOf(world, current)) === undefined
    );
  }

  async function outcome(
    api: CustomApi | undefined,
    inputs: readonly NamedValue[],
    operation: Operation | undefined,
    pause: (milliseconds: number) => Promise<void>,
    depth?: number,
  ): Promise<Ended> {
    const about = { operation, moment: 'started', delivery: 1 } as const;
    try {
      // A kept attempt counts even if the process ends in its middle.
      const kept = world.settled?.();
      if (kept !== undefined) await kept;
      // A client may have renamed the row.
      if (api === undefined) throw new Error(`There is no custom API '${operation?.name ?? ''}'.`);
      const outputs = await api.execute({
        inputs: Object.fromEntries<Json>(inputs.map(({ Key, Value }) => [Key, Value])),
        operationId: operation?.id,
        attempt: operation?.attempts ?? 1,
        now: clock.now,
        pause,
        send: async (request) => {
          const answer = await sendOut(world, request, about, depth);
          if (answer === undefined) throw new Error('nothing was sent');
          return answer;
        },
      });
      return { outputs: collectOutputs(api, outputs) };
    } catch (error) {
      return { failure: failureOf(error) };
    }
  }

  return {
    accept(operation) {
      void happened(operation, 'accepted');
      const situation = situationOf(world, operation);
      if (behaviour.runsInline(operation, situation)) {
        return new Promise((resolve) => {
          waiting.set(operation.id, resolve);
          pending.turn(operation, situation.now);
          void scheduler.turn(operation);
        });
      }
      const at = behaviour.startsAt(operation, situation);
      if (at !== undefined) turnAt(operation, at);
      return undefined;
    },
    command(id, command) {
      void apply(id, command);
      return store.get(id, clock.now());
    },
    settle(id, how, retry = false) {
      const before = store.get(id, clock.now());
      const situation = situationOf(world, before);
      if (before === undefined) return undefined;
      if (before.executing) {
        settled.add(attemptKey(before));
        pending.end(before);
      } else {
        // The attempt begins without what would follow: the custom API is not executed.
        store.put(step(behaviour, before, { kind: 'start' }, situation).operation);
        begunByHand.add(id);
        pending.turn(before, undefined);
      }
      void apply(id, how, retry ? behaviour : { ...behaviour, retryWait: () => undefined });
      return store.get(id, situation.now);
    },
    resume: turnAt,
    executeNow: (api, inputs, depth) =>
      new Promise((resolve) => {
        pending.synchronous += 1;
        const ended = (result: Ended) => {
          pending.synchronous -= 1;
          resolve(result);
          return undefined;
        };
        void attempt(api, inputs, undefined, ended, depth);
      }),
  };
}
