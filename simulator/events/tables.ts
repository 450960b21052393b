import type { Registered, Authored } from '../registration/registered.ts';
import type { UndoLog } from '../store/undo-log.ts';

/** A webhook or another endpoint, as far as the simulator knows it. */
export interface ServiceEndpoint extends Authored {
  readonly id: string;
  readonly name: string;
  /** 8: webhook. */
  readonly contract: number;
  readonly url: string | null;
  /** 4: key in the query, 5: headers, 6: query. */
  readonly authType: number | null;
  /** Write-only. */
  readonly authValue: string | null;
  readonly description?: string | null;
}

/** A step: which endpoint is called for which message. */
export interface ProcessingStep extends Authored {
  readonly id: string;
  readonly name: string;
  readonly messageId: string;
  readonly endpointId: string;
  /** 1: asynchronous. */
  readonly mode: number;
  readonly stage: number;
  readonly rank: number;
  readonly autoDelete: boolean;
  readonly enabled: boolean;
  readonly description?: string;
  readonly configuration?: string;
}

/**
 * A subscription as a flow makes it: the `url` to which the message `sdkmessagename` is told, among the values that
 * clients write. One without a message is for changes of rows: it is accepted, and never told.
 */
export interface CallbackRegistration extends Registered {
  /** systemuserids. */
  readonly ownerId: string;
  readonly createdBy: string;
  readonly modifiedBy: string;
  readonly businessUnitId: string;
  /** Who really sent the request, where a user was impersonated. */
  readonly createdOnBehalfBy: string | null;
  readonly modifiedOnBehalfBy: string | null;
  readonly modifiedOn: number;
  /** Grows with each change. */
  readonly rowVersion: number;
}

/** A system job: one delivery of an event. */
export interface AsyncOperation {
  readonly id: string;
  readonly name: string;
  readonly messageName: string;
  readonly stepId: string;
  /** Whether it told a callback registration, whose id `stepId` is then. */
  readonly ofRegistration?: boolean;
  readonly correlationId: string;
  /** 30 succeeded, 31 failed. */
  readonly status: 30 | 31;
  readonly message: string | null;
  readonly createdOn: number;
  readonly completedOn: number;
}

/** What the event resources keep, by id in lower case. */
export interface EventTables {
  readonly endpoints: Map<string, ServiceEndpoint>;
  readonly steps: Map<string, ProcessingStep>;
  readonly callbackRegistrations: Map<string, CallbackRegistration>;
  readonly jobs: Map<string, AsyncOperation>;
}

/** Tables without a row; `changed` is told of each row that changes. */
export function createEventTables(
  undo: UndoLog,
  changed?: (table: keyof EventTables, id: string) => void,
): EventTables {
  return {
    endpoints: undo.map([], (id) => changed?.('endpoints', id)),
    steps: undo.map([], (id) => changed?.('steps', id)),
    callbackRegistrations: undo.map([], (id) => changed?.('callbackRegistrations', id)),
    jobs: undo.map([], (id) => changed?.('jobs', id)),
  };
}
