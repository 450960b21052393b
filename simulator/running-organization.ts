import { UntilStopped } from './control/until-stopped.ts';
import { StoppedError } from './courier.ts';
import { createWorld } from './create-world.ts';
import { clearRegularly } from './expiry.ts';
import type { OrganizationContent } from './organization-content.ts';
import { loadContent } from './organization-load.ts';
import type { OrganizationWatcher } from './organization-watcher.ts';
import type { PlainAnswer } from './plain.ts';
import type { Runner } from './runner.ts';
import { createRunner } from './runner.ts';
import type { SignIn } from './sign-in/sign-in.ts';
import type { SimulatorOptions } from './simulator-options.ts';
import type { ApiError } from './web-api/errors.ts';
import { errorAnswer } from './web-api/errors.ts';
import type { World } from './world.ts';

/** What a reset replaces: the world, and what runs in it. */
export interface RunningOrganization {
  readonly world: World;
  readonly runner: Runner;
  /** Requests that are not answered at once, such as custom APIs that let time pass. */
  readonly unanswered: UntilStopped<PlainAnswer>;
  /** Ends it: no due work runs any more, and nothing is sent. */
  readonly stop: () => void;
}

/** What a request gets whose work was dropped. */
const stoppedError: ApiError = {
  status: 503,
  code: '',
  message: 'The simulator was reset or closed before the request was answered.',
};

/** Starts an organization with this content, or without any; `watcher` is told of what changes. */
export function startOrganization(
  options: SimulatorOptions,
  send: World['send'],
  start: number,
  signIn: SignIn | undefined,
  content: OrganizationContent | undefined,
  watcher: OrganizationWatcher | undefined,
): RunningOrganization {
  let stopped = false;
  // What is still under way when it ends comes to nothing.
  const sendWhileRunning: World['send'] = (request) =>
    stopped ? Promise.reject(new StoppedError('The simulator was reset.')) : send(request);
  // What is told to others is kept before: a start after the end of the process goes on from there.
  const sendWhenKept: World['send'] = async (request) => {
    await options.data?.settled();
    return sendWhileRunning(request);
  };
  const unanswered = new UntilStopped(() => errorAnswer(stoppedError));
  const world = createWorld(
    options,
    options.data === undefined ? sendWhileRunning : sendWhenKept,
    start,
    signIn,
    () => stopped,
    content,
    watcher,
  );
  const runner = createRunner(world);
  if (content !== undefined) loadContent(world, runner, content);
  options.data?.attach(world);
  const stopClearing = world.clock.kind === 'real' ? clearRegularly(world.store) : () => undefined;
  return {
    world,
    runner,
    unanswered,
    stop: () => {
      stopped = true;
      stopClearing();
      world.clock.dispose();
      unanswered.stop();
    },
  };
}
