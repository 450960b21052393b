import type { FieldType } from '../../contract/probe.ts';
import { fieldTypes } from '../../contract/probe.ts';
import type { ExactNumber } from '../http/exact-json.ts';
import type { StateCode, StatusCode } from '../../contract/vocabulary.ts';

/** The data types of custom API parameters, in the order of Dataverse's choice values 0 to 12. */
export const parameterTypes = fieldTypes;

/** One of the 13 data types of custom API parameters. */
export type ParameterType = FieldType;

/** A value as JSON carries it; a number of more digits than a double keeps is an {@link ExactNumber}. */
export type Json =
  null | boolean | number | string | ExactNumber | readonly Json[] | { readonly [key: string]: Json };

/** One input or output of a custom API: its unique name, its JSON value and its declared type. */
export interface NamedValue {
  readonly Key: string;
  readonly Value: Json;
  readonly type: ParameterType;
}

/**
 * One background operation: what the row, the monitor, the callback and the event are made from.
 * Immutable: a step gives a new record. All instants are epoch milliseconds on the target's clock.
 */
export interface Operation {
  /** The primary key: a GUID in lower case. */
  readonly id: string;
  /** Position in the order of creation, from 1; breaks ties between equal instants. */
  readonly sequence: number;
  /** `name`: the custom API's unique name. */
  readonly name: string;
  /** `displayname`: the custom API's display name. */
  readonly displayName: string;
  /** In the order of the declaration; empty if there were none. */
  readonly inputs: readonly NamedValue[];
  /** What the attempt that succeeded set; undefined before and without success. */
  readonly outputs: readonly NamedValue[] | undefined;
  readonly state: StateCode;
  readonly status: StatusCode;
  /** Of the last failed attempt; both undefined or both set. */
  readonly errorCode: number | undefined;
  readonly errorMessage: string | undefined;
  /** Retries that were started: attempts less one, never below 0. */
  readonly retryCount: number;
  /** Attempts that were started. */
  readonly attempts: number;
  /** Whether an attempt is being executed at this moment. */
  readonly executing: boolean;
  /** Whether a cancellation was accepted. */
  readonly canceled: boolean;
  /** 0 to 10; a higher one starts first when resources are scarce. */
  readonly priority: number;
  /** systemuserid of the initiator. */
  readonly runAs: string;
  /** systemuserid of who submitted it in the initiator's name; absent without impersonation. */
  readonly onBehalfBy?: string | undefined;
  /** systemuserid of who wrote the row last. */
  readonly modifiedBy: string;
  readonly createdOn: number;
  readonly modifiedOn: number;
  /** Start of the first attempt. */
  readonly startTime: number | undefined;
  readonly endTime: number | undefined;
  /** `ttlinseconds`. */
  readonly ttlSeconds: number;
  /** Grows with every write of the row; `versionnumber` and the etag are made from it. */
  readonly version: number;
  /** Null unless a client set it. */
  readonly partitionId: string | null;
  /** The organization's origin as the initiator called it: what the monitor's URL starts with. */
  readonly origin: string;
  /** Where the initiator wants its callback. */
  readonly callbackUrl: string | undefined;
  /** How many calls of this simulator led to it; absent for none. */
  readonly depth?: number;
}

/**
 * Where operations are kept. Expiry is decided from the record and the moment that is asked for:
 * an operation is gone from `expiresAt(operation)` on, whether or not it was purged.
 */
export interface OperationStore {
  /** Operations held, expired ones that were not purged yet included. */
  readonly size: number;
  /** About how much memory these take, bytes. */
  readonly bytes: number;
  /** The operation of an id (lower case) at the moment `now`; undefined if unknown or expired. */
  get(id: string, now: number): Operation | undefined;
  /** Adds, or replaces the operation of the same id. */
  put(operation: Operation): void;
  /** Removes; false if there was none. */
  delete(id: string): boolean;
  /** Forgets what has expired at `now`, `atMost` so many (default: all); answers how many. A million at once takes seconds at most. */
  purge(now: number, atMost?: number): number;
  /** All that have not expired at `now`, oldest (`sequence`) first. */
  values(now: number): Iterable<Operation>;
  /** The same, newest first, from those before a `sequence`. */
  newest(now: number, before?: number): Iterable<Operation>;
}

/** How a store is made: `createOperationStore(options)` of `simulator/store.ts`. */
export interface StoreOptions {
  /** Epoch milliseconds from which an operation is gone; Infinity if never. */
  readonly expiresAt: (operation: Operation) => number;
  /** Told of each operation that has come, has changed or is gone. */
  readonly changed?: ((operation: Operation) => void) | undefined;
}
