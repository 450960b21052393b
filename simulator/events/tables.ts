import type { UndoLog } from '../store/undo-log.ts';

/** A webhook or another endpoint, as far as the simulator knows it. */
export interface ServiceEndpoint {
  readonly id: string;
  readonly name: string;
  /** 8: webhook. */
  readonly contract: number;
  readonly url: string | null;
  /** 4: key in the query, 5: headers, 6: query. */
  readonly authType: number | null;
  /** Write-only. */
  readonly authValue: string | null;
  readonly createdOn: number;
}

/** A step: which endpoint is called for which message. */
export interface ProcessingStep {
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
  readonly createdOn: number;
}

/** A subscription as a flow makes it: the URL to which a message is told. */
export interface CallbackRegistration {
  readonly id: string;
  readonly name: string | null;
  /** Write-only. */
  readonly url: string;
  readonly entityName: string;
  /** The message that is told; null for changes of rows, which are accepted and never told. */
  readonly messageName: string | null;
  /** 1 created … 7 created, changed or deleted; only for changes of rows. */
  readonly message: number | null;
  readonly scope: number;
  readonly version: number;
  /** 1 modifying user, 2 row owner, 3 flow owner. */
  readonly runAs: number | null;
  readonly filteringAttributes: string | null;
  readonly filterExpression: string | null;
  readonly createdOn: number;
}

/** A system job: one delivery of an event. */
export interface AsyncOperation {
  readonly id: string;
  readonly name: string;
  readonly messageName: string;
  readonly stepId: string;
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
