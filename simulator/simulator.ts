import type { Behaviour } from './behaviour.ts';
import { contractBehaviour } from './behaviour.ts';
import type { OutboundAnswer, OutboundRequest } from './behaviour/delivery.ts';
import type { Choices } from './choices.ts';
import { defaultChoices } from './choices.ts';
import type { Clock } from './clock.ts';
import { createRealClock, createVirtualClock } from './clock.ts';
import { createRandom } from './core/random.ts';
import type { CustomApi } from './custom-apis/custom-api.ts';
import { probe } from './custom-apis/probe.ts';
import { cleanupSample, echoSample, exportSample } from './custom-apis/samples.ts';
import { createEventTables } from './events/tables.ts';
import { clearExpired, clearRegularly } from './expiry.ts';
import { deepestCall, depthOf } from './http/depth.ts';
import { createGate } from './http/outbound-gate.ts';
import { faulted } from './organization-service/faults.ts';
import { isOrganizationService } from './organization-service/path.ts';
import type { PlainAnswer, PlainRequest } from './plain.ts';
import { printable } from './printable.ts';
import type { Guard, ProtectionOptions } from './protection/guard.ts';
import { createGuard } from './protection/guard.ts';
import { createRegistrations } from './registration/registered.ts';
import type { Runner } from './runner.ts';
import { finish, route } from './route.ts';
import { createRunner } from './runner.ts';
import { sendByFetch } from './send-by-fetch.ts';
import type { Situation, User } from './situation.ts';
import { createOperationStore } from './store.ts';
import { UndoLog } from './store/undo-log.ts';
import type { Handled } from './web-api/call.ts';
import { refused } from './web-api/call.ts';
import { clockPath, clockResource } from './web-api/clock.ts';
import { healthPath, healthResource } from './web-api/health.ts';
import type { ApiError } from './web-api/errors.ts';
import { errors } from './web-api/errors.ts';
import type { World } from './world.ts';
import { situationOf } from './world.ts';

export type { OutboundAnswer, OutboundRequest } from './behaviour/delivery.ts';
export type { PlainAnswer, PlainRequest } from './plain.ts';

/** How a simulator is made; every member has a default. */
export interface SimulatorOptions {
  /** What `Location` is built on; by default what each request was sent to. */
  readonly origin?: string;
  /** `virtual` by default: time stands still until it is moved. */
  readonly clock?: 'virtual' | 'real';
  /** Start of a virtual clock, epoch milliseconds; by default 2026-01-01T00:00:00Z. */
  readonly start?: number;
  /** How outbound calls leave; by default real HTTP through `fetch`. */
  readonly send?: (request: OutboundRequest) => Promise<OutboundAnswer>;
  /** Told of a fault of the simulator itself; its request is refused. By default it is printed. */
  readonly onFault?: (error: unknown) => void;
  /** Without it a request that shows no token is the initiator's. Default: true. */
  readonly requireAuth?: boolean;
  /** What the documentation leaves open; single members replace the defaults. */
  readonly choices?: Partial<Choices>;
  /** Short for `choices.retry`, member by member, and for `choices.attemptLimitMs`. */
  readonly retry?: Partial<Choices['retry']>;
  readonly attemptLimitMs?: number;
  /** Attempts that may run at once. Default: without limit. */
  readonly capacity?: number;
  /** Whether the probe is there from the start; without it one can be installed. Default: true. */
  readonly probe?: boolean;
  /** Custom APIs besides the probe and the samples; the same unique name replaces. */
  readonly customApis?: readonly CustomApi[];
  /** The decisions; by default the contract's. */
  readonly behaviour?: Behaviour;
  /** Of jitter and of whatever else is random. Default: 1. */
  readonly seed?: number;
  readonly users?: readonly User[];
  /**
   * The user of a bearer token that none of `users` has; undefined refuses it with 401, as an expired one.
   * For tokens that a sign-in service issues.
   */
  readonly acceptToken?: (token: string) => User | undefined;
  /** Service protection limits, with 429 and `Retry-After`; `{}` for the documented ones. Default: none. */
  readonly serviceProtection?: ProtectionOptions;
}

/** A running simulator. */
export interface Simulator {
  /** Answers a request. Never throws for what a client can send. */
  readonly handle: (request: PlainRequest) => PlainAnswer | Promise<PlainAnswer>;
  readonly clock: Clock;
  /** Resolves when no callback, webhook or call of the probe is under way. */
  readonly sent: () => Promise<void>;
  /** Stops: no due work runs any more. */
  readonly dispose: () => void;
}

/** The users of target-interface: initiator, another privileged one, one without the privileges. */
export const defaultUsers: readonly User[] = [
  { id: '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a01', token: 'token-initiator', privileged: true },
  { id: '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a02', token: 'token-other', privileged: true },
  { id: '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a03', token: 'token-unprivileged', privileged: false },
];

/** Starts a simulator in this process. It opens no port; doors are `handlers.ts` and `server.ts`. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const gate = createGate(options.send ?? sendByFetch);
  const world = createWorld(options, gate.send);
  const runner = createRunner(world);
  const { clock } = world;
  const stopClearing = clock.kind === 'real' ? clearRegularly(world.store) : () => undefined;
  return {
    handle: (request) =>
      guarded(options.onFault ?? printFault, refuserOf(request, clock), () => {
        if (depthOf(request) > deepestCall && !['GET', 'HEAD'].includes(request.method)) {
          return refuserOf(request, clock)(errors.tooManyCallsDeep(deepestCall)).answer;
        }
        if (request.path === clockPath) return clockResource(request, clock);
        if (request.path === healthPath) return healthResource(request);
        const { origin = request.origin } = options;
        return handle(world, runner, origin === request.origin ? request : { ...request, origin });
      }),
    clock,
    sent: gate.empty,
    dispose: () => {
      stopClearing();
      clock.dispose();
    },
  };
}

/** Input that no resource foresaw is refused as Dataverse does; that it was not foreseen is a fault of ours, and told. */
function guarded(
  onFault: (error: unknown) => void,
  refuse: Refuser,
  answer: () => PlainAnswer | Promise<PlainAnswer>,
): PlainAnswer | Promise<PlainAnswer> {
  const apologize = (error: unknown): PlainAnswer => {
    onFault(error);
    return refuse(errors.unexpected()).answer;
  };
  try {
    const answered = answer();
    return answered instanceof Promise ? answered.catch(apologize) : answered;
  } catch (error) {
    return apologize(error);
  }
}

function printFault(error: unknown): void {
  console.error(`A fault of the simulator itself, please report it. ${printable(error)}`);
}

function createWorld(options: SimulatorOptions, send: World['send']): World {
  const behaviour = options.behaviour ?? contractBehaviour;
  const choices = choicesOf(options);
  const store = createOperationStore({ expiresAt: (operation) => behaviour.expiresAt(operation, choices) });
  const start = options.start ?? Date.UTC(2026, 0, 1);
  const clock =
    options.clock === 'real'
      ? createRealClock()
      : createVirtualClock(start, (now) => clearExpired(store, now));
  const samples = [exportSample, cleanupSample, echoSample, ...(options.customApis ?? [])];
  const apis = options.probe === false ? samples : [probe, ...samples];
  const undo = new UndoLog();
  let sequence = 0;
  return {
    behaviour,
    choices,
    clock,
    store,
    columns: behaviour.columns(choices, (values) => behaviour.keyValues(values, choices)),
    random: createRandom(options.seed ?? 1),
    organization: {
      id: '9f2c1d44-6b1e-4a0b-8f0e-2d7b3c5a1e10',
      name: 'contoso',
      businessUnitId: '9f2c1d44-6b1e-4a0b-8f0e-2d7b3c5a1e11',
    },
    users: options.users ?? defaultUsers,
    requireAuth: options.requireAuth ?? true,
    acceptToken: options.acceptToken ?? (() => undefined),
    guard: options.serviceProtection === undefined ? undefined : createGuard(options.serviceProtection),
    apis: undo.map(apis.map((api) => [api.uniqueName, api])),
    registrations: createRegistrations(undo),
    events: createEventTables(undo),
    undo,
    send,
    capacity: options.capacity ?? Infinity,
    nextSequence: () => ++sequence,
  };
}

function choicesOf({ choices, retry, attemptLimitMs }: SimulatorOptions): Choices {
  const chosen = { ...defaultChoices, ...choices };
  return {
    ...chosen,
    retry: { ...chosen.retry, ...retry },
    attemptLimitMs: attemptLimitMs ?? chosen.attemptLimitMs,
  };
}

function handle(world: World, runner: Runner, received: PlainRequest): PlainAnswer | Promise<PlainAnswer> {
  const { behaviour } = world;
  const situation = situationOf(world);
  const request = behaviour.request(received, situation);
  const user = userOf(world, request, situation);
  const handled =
    user === undefined
      ? unauthorized(world, request)
      : guardedBy(world.guard, user, refuserOf(request, world.clock), () =>
          route(world, runner, request, situation, user),
        );
  if (handled instanceof Promise) {
    return handled.then((later) => finish(world, request, situationOf(world), user, later));
  }
  return finish(world, request, situation, user, handled);
}

/** Lets a request of a user pass the service protection limits, where there are any. */
function guardedBy(
  guard: Guard | undefined,
  user: User,
  refuse: Refuser,
  handle: () => Handled | Promise<Handled>,
): Handled | Promise<Handled> {
  if (guard === undefined) return handle();
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

function userOf(world: World, request: PlainRequest, situation: Situation): User | undefined {
  if (!world.requireAuth && request.headers.authorization === undefined) return world.users[0];
  const known = world.behaviour.authenticate(request, world.users, situation);
  if (known !== undefined) return known;
  const [, token] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
  return token === undefined ? undefined : world.acceptToken(token);
}

/** The organization service names the resource, too: clients want both before they sign in. */
function unauthorized({ organization }: World, { path, origin }: PlainRequest): Handled {
  const resource = isOrganizationService(path) ? `${origin}/` : undefined;
  return refused('other', errors.unauthorized(organization.id, resource));
}

/** Refuses a request in the form that its client reads: JSON, or a SOAP fault. */
type Refuser = (error: ApiError) => Handled;

function refuserOf({ path }: PlainRequest, clock: Clock): Refuser {
  return (error) => (isOrganizationService(path) ? faulted(error, clock.now()) : refused('other', error));
}
