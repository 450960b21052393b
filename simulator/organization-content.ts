import type {
  AsyncOperation,
  CallbackRegistration,
  ProcessingStep,
  ServiceEndpoint,
} from './events/tables.ts';
import type { Operation } from './core/operation.ts';
import type { PendingDelivery } from './pending.ts';
import type { Registered, RegistrationSet } from './registration/registered.ts';

/** All that an organization holds, as values: what a snapshot keeps, and what a folder keeps over a restart. */
export interface OrganizationContent {
  /** Instant of its clock, epoch milliseconds. */
  readonly now: number;
  /** The number of the last operation. */
  readonly sequence: number;
  /** Where the source of jitter stands; absent where it begins anew. */
  readonly random?: number;
  /** Oldest first. */
  readonly operations: Iterable<KeptOperation>;
  readonly deliveries: readonly PendingDelivery[];
  readonly registrations: Readonly<Partial<Record<RegistrationSet, readonly Registered[]>>>;
  readonly endpoints: readonly ServiceEndpoint[];
  readonly steps: readonly ProcessingStep[];
  /** Absent: none. */
  readonly callbackRegistrations?: readonly CallbackRegistration[];
  readonly jobs: readonly AsyncOperation[];
}

/** An operation, and when it has its turn. */
export interface KeptOperation {
  readonly operation: Operation;
  /** Epoch milliseconds on the target's clock; absent where nothing is due. */
  readonly turn?: number;
}
