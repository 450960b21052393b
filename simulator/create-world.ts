import { contractBehaviour } from './behaviour.ts';
import type { Choices } from './choices.ts';
import { defaultChoices } from './choices.ts';
import { usualAnswers, usualCalls } from './http/forms.ts';
import { choicesByOperation, columnsByOperation } from './operation-choices.ts';
import { createRealClock, createVirtualClock } from './clock.ts';
import { Histories } from './control/histories.ts';
import { createRandom } from './core/random.ts';
import type { CustomApi } from './custom-apis/custom-api.ts';
import { probe } from './custom-apis/probe.ts';
import { cleanupSample, echoSample, exportSample } from './custom-apis/samples.ts';
import { createEventTables } from './events/tables.ts';
import { clearExpired } from './expiry.ts';
import type { OrganizationContent } from './organization-content.ts';
import { LongMessages } from './organization-service/long-messages.ts';
import { createGuard } from './protection/guard.ts';
import type { OrganizationWatcher } from './organization-watcher.ts';
import { Pending } from './pending.ts';
import { createRegistrations } from './registration/registered.ts';
import type { SignIn } from './sign-in/sign-in.ts';
import type { SimulatorOptions } from './simulator-options.ts';
import type { User } from './situation.ts';
import { createOperationStore } from './store.ts';
import { UndoLog } from './store/undo-log.ts';
import type { World } from './world.ts';

/** The users of target-interface: initiator, another privileged one, one without the privileges. */
export const defaultUsers: readonly User[] = [
  {
    id: '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a01',
    token: 'token-initiator',
    name: 'Initiator',
    privileged: true,
  },
  { id: '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a02', token: 'token-other', name: 'Other', privileged: true },
  {
    id: '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a03',
    token: 'token-unprivileged',
    name: 'Unprivileged',
    privileged: false,
  },
];

const defaultStoredBytes = 1.5 * 1024 ** 3;

/** The custom APIs that are there from the start; the last one of a name counts. */
export function apisInCode({ probe: hasProbe = true, customApis = [] }: SimulatorOptions): CustomApi[] {
  return [...(hasProbe ? [probe] : []), exportSample, cleanupSample, echoSample, ...customApis];
}

/** Makes the world of a simulator: everything at its start, a virtual clock at `start`. */
export function createWorld(
  options: SimulatorOptions,
  send: World['send'],
  start: number,
  signIn: SignIn | undefined,
  isStopped: () => boolean,
  from?: Pick<OrganizationContent, 'sequence' | 'random'>,
  watcher?: OrganizationWatcher,
): World {
  const behaviour = options.behaviour ?? contractBehaviour;
  const choices = choicesOf(options);
  const ownChoices = options.choicesOf;
  const own =
    ownChoices === undefined
      ? undefined
      : (sequence: number) =>
          choicesOf({ ...options, choices: { ...options.choices, ...ownChoices(sequence) } });
  const choicesFor = choicesByOperation(choices, own);
  const store = createOperationStore({
    expiresAt: (operation) => behaviour.expiresAt(operation, choicesFor(operation)),
    changed: watcher?.operation,
  });
  const clock =
    options.clock === 'real'
      ? createRealClock()
      : createVirtualClock(start, (now) => {
          watcher?.clock();
          return clearExpired(store, now);
        });
  const undo = new UndoLog();
  let sequence = from?.sequence ?? 0;
  return {
    behaviour,
    choices,
    choicesFor,
    arrivals: new Map(),
    clock,
    store,
    columns: columnsByOperation(
      own,
      (look) => behaviour.columns(look, (values) => behaviour.keyValues(values, look)),
      choices,
    ),
    random: createRandom(from?.random ?? options.seed ?? 1),
    organization: options.organization ?? {
      id: '9f2c1d44-6b1e-4a0b-8f0e-2d7b3c5a1e10',
      name: 'contoso',
      businessUnitId: '9f2c1d44-6b1e-4a0b-8f0e-2d7b3c5a1e11',
    },
    users: options.users ?? defaultUsers,
    requireAuth: options.requireAuth ?? true,
    acceptToken: (token, origin) => options.acceptToken?.(token) ?? signIn?.userOf(token, origin),
    signsIn: signIn !== undefined,
    guard: options.serviceProtection === undefined ? undefined : createGuard(options.serviceProtection),
    apis: undo.map(apisInCode(options).map((api) => [api.uniqueName, api])),
    registrations: createRegistrations(undo, watcher?.row),
    events: createEventTables(undo, watcher?.row),
    messages: new LongMessages(),
    undo,
    send,
    capacity: options.capacity ?? Infinity,
    storedBytes: options.storedBytes ?? defaultStoredBytes,
    nextSequence: () => ++sequence,
    lastSequence: () => sequence,
    pending: new Pending(watcher),
    histories: new Histories(),
    latest: { situation: undefined },
    isStopped,
    settled: options.data?.settled.bind(options.data),
  };
}

function choicesOf({ choices, retry, attemptLimitMs }: SimulatorOptions): Choices {
  const chosen = { ...defaultChoices, ...choices };
  return {
    ...chosen,
    retry: { ...chosen.retry, ...retry },
    answers: chosen.answers === usualAnswers ? usualAnswers : { ...usualAnswers, ...chosen.answers },
    calls: { ...usualCalls, ...chosen.calls },
    attemptLimitMs: attemptLimitMs ?? chosen.attemptLimitMs,
  };
}
