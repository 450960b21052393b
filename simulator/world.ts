import type { Behaviour } from './behaviour.ts';
import type { OutboundAnswer, OutboundRequest } from './behaviour/delivery.ts';
import type { Choices } from './choices.ts';
import type { Clock } from './clock.ts';
import type { Histories } from './control/histories.ts';
import type { Operation, OperationStore } from './core/operation.ts';
import type { SeededRandom } from './core/random.ts';
import type { Column } from './core/table.ts';
import type { CustomApi } from './custom-apis/custom-api.ts';
import type { EventTables } from './events/tables.ts';
import type { LongMessages } from './organization-service/long-messages.ts';
import type { Pending } from './pending.ts';
import type { Registrations } from './registration/registered.ts';
import type { Guard } from './protection/guard.ts';
import type { ForeignToken } from './sign-in/audience.ts';
import type { Situation, User } from './situation.ts';
import type { UndoLog } from './store/undo-log.ts';

/** The organization that the simulator plays. */
export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly businessUnitId: string;
}

/** The version that the organization says it has. */
export const organizationVersion = '9.2.0.0';

/** Everything that resources and the runner work with: one world a simulator. */
export interface World {
  readonly behaviour: Behaviour;
  readonly choices: Choices;
  /** The choices of one operation, where operations choose for themselves; else, and of none, those of all. */
  readonly choicesFor: (operation: Pick<Operation, 'sequence'> | undefined) => Choices;
  /** Real time at which operations were accepted, where their rows are late in it; by id. */
  readonly arrivals: Map<string, number>;
  readonly clock: Clock;
  readonly store: OperationStore;
  readonly columns: readonly Column[];
  readonly random: SeededRandom;
  readonly organization: Organization;
  readonly users: readonly User[];
  readonly requireAuth: boolean;
  /** The user of a token that none of `users` has, shown at this origin. */
  readonly acceptToken: (token: string, origin: string) => User | ForeignToken | undefined;
  /** Whether there is a sign-in service, which refusals of a token point to. */
  readonly signsIn: boolean;
  /** Counts the requests of users; absent where nothing limits them. */
  readonly guard: Guard | undefined;
  /** Those defined in code and those registered, by unique name. */
  readonly apis: Map<string, CustomApi>;
  readonly registrations: Registrations;
  readonly events: EventTables;
  /** Reads the messages of the organization service. */
  readonly messages: LongMessages;
  /** Records changes of `apis`, `registrations` and `events`, which change sets take back. */
  readonly undo: UndoLog;
  readonly send: (request: OutboundRequest) => Promise<OutboundAnswer>;
  /** How many attempts may be executed at once. */
  readonly capacity: number;
  /** How many bytes of operations may be stored before new ones are refused. */
  readonly storedBytes: number;
  /** The number of the next operation. */
  readonly nextSequence: () => number;
  /** The number of the last one; 0 before the first. */
  readonly lastSequence: () => number;
  /** What is yet to happen to operations. */
  readonly pending: Pending;
  /** What happened to the latest operations. */
  readonly histories: Histories;
  /** The situation when it was asked for last. */
  readonly latest: { situation: Situation | undefined };
  /** Whether it has ended: nothing is sent any more. */
  readonly isStopped: () => boolean;
  /** Settles when all changes so far are kept over the end of the process; absent where nothing is. */
  readonly settled: (() => Promise<void> | undefined) | undefined;
}

/** The situation at this moment, for decisions about an operation where there is one; made anew where it differs. */
export function situationOf(world: World, operation?: Pick<Operation, 'sequence'>): Situation {
  const now = world.clock.now();
  const known = world.latest.situation;
  const choices = world.choicesFor(operation);
  if (known?.now === now && known.choices === choices) return known;
  const situation: Situation = {
    now,
    choices,
    random: world.random,
    find: (id: string) => world.store.get(id, now),
    all: () => world.store.values(now),
  };
  world.latest.situation = situation;
  return situation;
}
