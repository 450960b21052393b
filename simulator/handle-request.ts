import type { Clock } from './clock.ts';
import { faulted } from './organization-service/faults.ts';
import { isOrganizationService } from './organization-service/path.ts';
import type { PlainAnswer, PlainRequest } from './plain.ts';
import type { Guard } from './protection/guard.ts';
import { finish, route } from './route.ts';
import type { Runner } from './runner.ts';
import type { ForeignToken } from './sign-in/audience.ts';
import type { Situation, User } from './situation.ts';
import type { Handled } from './web-api/call.ts';
import { refused } from './web-api/call.ts';
import type { ApiError } from './web-api/errors.ts';
import { errors } from './web-api/errors.ts';
import type { World } from './world.ts';
import { situationOf } from './world.ts';

/** Answers a request to the Web API, the monitor or the organization service. */
export function handleRequest(
  world: World,
  runner: Runner,
  received: PlainRequest,
): PlainAnswer | Promise<PlainAnswer> {
  const { behaviour } = world;
  const situation = situationOf(world);
  const request = behaviour.request(received, situation);
  const caller = callerOf(world, request, situation);
  const user = caller !== undefined && 'privileged' in caller ? caller : undefined;
  const handled =
    user === undefined
      ? unauthorized(world, request, caller)
      : world.guard === undefined
        ? route(world, runner, request, situation, user)
        : guardedBy(world.guard, user, refuserOf(request, world.clock), () =>
            route(world, runner, request, situation, user),
          );
  if (handled instanceof Promise) {
    return handled.then((later) => finish(world, request, situationOf(world), user, later));
  }
  return finish(world, request, situation, user, handled);
}

/** Lets a request of a user pass the service protection limits. */
function guardedBy(
  guard: Guard,
  user: User,
  refuse: Refuser,
  handle: () => Handled | Promise<Handled>,
): Handled | Promise<Handled> {
  const admission = guard.enter(user.id);
  const told = (handled: Handled): Handled => {
    const { answer } = handled;
    return { ...handled, answer: { ...answer, headers: [...answer.headers, ...admission.headers()] } };
  };
  if (admission.refusal !== undefined) return told(refuse(admission.refusal));
  let handled: Handled | Promise<Handled>;
  try {
    handled = handle();
  } catch (error) {
    admission.leave();
    throw error;
  }
  if (handled instanceof Promise) return handled.finally(admission.leave).then(told);
  admission.leave();
  return told(handled);
}

function callerOf(
  world: World,
  request: PlainRequest,
  situation: Situation,
): User | ForeignToken | undefined {
  if (!world.requireAuth && request.headers.authorization === undefined) return world.users[0];
  const known = world.behaviour.authenticate(request, world.users, situation);
  if (known !== undefined) return known;
  const [, token] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
  return token === undefined ? undefined : world.acceptToken(token, request.origin);
}

/** Clients want to know both, where to sign in and for what, before they do. */
function unauthorized(
  { organization, signsIn }: World,
  { origin }: PlainRequest,
  foreign: User | ForeignToken | undefined,
): Handled {
  const authority = `${signsIn ? origin : 'https://login.microsoftonline.com'}/${organization.id}`;
  const audience = foreign !== undefined && 'audience' in foreign ? foreign.audience : undefined;
  return refused('other', errors.unauthorized(authority, `${origin}/`, audience));
}

/** Refuses a request in the form that its client reads: JSON, or a SOAP fault. */
export type Refuser = (error: ApiError) => Handled;

/** Refuses in the form that the client of this request reads. */
export function refuserOf({ path }: PlainRequest, clock: Clock): Refuser {
  return (error) => (isOrganizationService(path) ? faulted(error, clock.now()) : refused('other', error));
}
