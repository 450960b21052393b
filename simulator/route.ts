import type { Preferences } from './behaviour/door.ts';
import { door } from './behaviour/door.ts';
import { finishAnswer } from './finish.ts';
import { isOrganizationService } from './organization-service/path.ts';
import { organizationService } from './organization-service/service.ts';
import type { PlainAnswer, PlainRequest } from './plain.ts';
import type { Runner } from './runner.ts';
import type { Situation, User } from './situation.ts';
import { batchErrors } from './web-api/batch/errors.ts';
import { runBatch } from './web-api/batch/run.ts';
import type { Call, Handled } from './web-api/call.ts';
import { refused } from './web-api/call.ts';
import { errorAnswer, errors } from './web-api/errors.ts';
import { actingUser } from './web-api/impersonation.ts';
import type { Route } from './web-api/router.ts';
import { dispatch, routeOf } from './web-api/router.ts';
import type { World } from './world.ts';
import { situationOf } from './world.ts';

/** Characters of a query outside a batch: Dataverse's limit for a GET. In a batch it is twice that. */
const queryLimit = 32_768;

/** Lets a request of a known user reach its resource, or each request of a batch its own. */
export function route(
  world: World,
  runner: Runner,
  request: PlainRequest,
  situation: Situation,
  user: User,
): Handled | Promise<Handled> {
  if (isOrganizationService(request.path)) {
    return organizationService(world, runner, request, situation, user);
  }
  const to = routeOf(request, world.choices.capitalMonitorPath);
  const preferences = world.behaviour.preferences(request, situation);
  const acting = actingUser(request, user, world.users);
  if (acting.error !== undefined) return detailed(refused('other', acting.error), preferences);
  if (request.query.length > queryLimit) {
    return detailed(refused('other', batchErrors.queryTooLong(queryLimit)), preferences);
  }
  if (to.kind === 'web-api' && to.rest === '$batch') {
    if (request.method !== 'POST') return refused('other', errors.noMethod(request.method, 'POST'));
    const answerPart = (part: PlainRequest) => {
      const now = situationOf(world);
      const handled = routePart(world, runner, part, now, user);
      return handled instanceof Promise
        ? handled.then((later) => finish(world, part, situationOf(world), user, later))
        : finish(world, part, now, user, handled);
    };
    return runBatch(request, to.root, answerPart, world.undo).then((done) => ({
      ...done,
      resource: 'other',
    }));
  }
  return dispatchAs(world, runner, request, situation, acting.user, preferences, to);
}

/** One request of a batch. */
function routePart(
  world: World,
  runner: Runner,
  received: PlainRequest,
  situation: Situation,
  user: User,
): Handled | Promise<Handled> {
  const request = world.behaviour.request(received, situation);
  const asked = world.behaviour.preferences(request, situation);
  const ignored = world.choices.respondAsyncInBatch === 'ignored';
  const preferences = ignored ? { ...asked, respondAsync: false, callbackUrl: undefined } : asked;
  const acting = actingUser(request, user, world.users);
  if (acting.error !== undefined) return detailed(refused('other', acting.error), preferences);
  const to = routeOf(request, world.choices.capitalMonitorPath);
  return dispatchAs(world, runner, request, situation, acting.user, preferences, to);
}

function dispatchAs(
  world: World,
  runner: Runner,
  request: PlainRequest,
  situation: Situation,
  user: User,
  preferences: Preferences,
  to: Route,
): Handled | Promise<Handled> {
  const call: Call = {
    request,
    world,
    runner,
    situation,
    user,
    preferences,
    root: to.kind === 'web-api' ? to.root : request.origin,
  };
  const handled = dispatch(call, to);
  return handled instanceof Promise
    ? handled.then((later) => detailed(later, preferences))
    : detailed(handled, preferences);
}

/** Adds to an error of the Web API the details that the client asked for by `odata.include-annotations`. */
function detailed(handled: Handled, { annotations }: Preferences): Handled {
  if (annotations === undefined || handled.error === undefined) return handled;
  return { ...handled, answer: errorAnswer(handled.error, annotations) };
}

/** The answer as it is sent: with the last word of the behaviour, and the chosen look. */
export function finish(
  world: World,
  request: PlainRequest,
  situation: Situation,
  user: User | undefined,
  { answer, resource, operation, before }: Handled,
): PlainAnswer {
  const { answer: edit } = world.behaviour;
  // As the contract has it, nobody looks at what an answer is about.
  const edited =
    edit === door.answer
      ? answer
      : edit(answer, request, { ...situation, resource, operation, before, user });
  return finishAnswer(edited, request, world);
}
