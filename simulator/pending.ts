import type { Moment } from './behaviour/delivery.ts';
import type { Operation } from './core/operation.ts';
import type { OrganizationWatcher } from './organization-watcher.ts';

/**
 * To whom a delivery goes. `webhooks` and `registrations`: to all steps and callback registrations that were not told
 * of a completion yet; `webhook` and `registration`: to one of them that is told again.
 */
export type DeliveryTo = 'callback' | 'webhooks' | 'webhook' | 'registrations' | 'registration';

/** A callback or an event that has not been delivered, or given up, yet. */
export interface PendingDelivery {
  readonly number: number;
  readonly kind: DeliveryTo;
  readonly moment: Moment;
  /** As it was at that moment. */
  readonly operation: Operation;
  /** When that moment was, epoch milliseconds on the target's clock. */
  readonly happenedOn: number;
  /** 1 for the first delivery, 2 for the first redelivery … */
  readonly delivery: number;
  /** When it is due. */
  readonly at: number;
  /** Of a `webhook` or a `registration`: the step or the row, and the system job that tells how it went. */
  readonly step?: string;
  readonly job?: string;
  /** Of `webhooks` and `registrations`: those that were notified, or have an entry of their own. */
  readonly done?: readonly string[];
}

/** What is yet to happen to the operations of an organization: with their records, all that a later start needs. */
export class Pending {
  readonly #turns = new Map<number, number>();
  readonly #attempts = new Map<string, number>();
  readonly #deliveries = new Map<number, PendingDelivery>();
  readonly #watcher: Pick<OrganizationWatcher, 'operation' | 'delivery'> | undefined;
  #lastDelivery = 0;
  /** Deliveries that were sent and not answered yet. */
  underWay = 0;
  /** Custom APIs that are executed without an operation. */
  synchronous = 0;

  constructor(watcher?: Pick<OrganizationWatcher, 'operation' | 'delivery'>) {
    this.#watcher = watcher;
  }

  /** When an operation gets its turn: epoch milliseconds on the target's clock; undefined for never. */
  turnOf({ sequence }: Pick<Operation, 'sequence'>): number | undefined {
    return this.#turns.get(sequence);
  }

  /** Attempts that are being executed, by the operation's id. */
  get attempts(): ReadonlyMap<string, number> {
    return this.#attempts;
  }

  get deliveries(): ReadonlyMap<number, PendingDelivery> {
    return this.#deliveries;
  }

  /** Notes when an operation has its turn; undefined for never. */
  turn(operation: Pick<Operation, 'id' | 'sequence'>, at: number | undefined): void {
    const { sequence } = operation;
    if (at === undefined) {
      if (!this.#turns.delete(sequence)) return;
    } else this.#turns.set(sequence, at);
    this.#watcher?.operation(operation);
  }

  /** Forgets the turn of an operation that is gone. */
  forget({ sequence }: Pick<Operation, 'sequence'>): void {
    this.#turns.delete(sequence);
  }

  /** Notes that an attempt begins. */
  begin(operation: Operation): void {
    this.#attempts.set(operation.id, operation.attempts);
    this.#watcher?.operation(operation);
  }

  /** Notes that an attempt is over; one that is over already changes nothing. */
  end(operation: Operation): void {
    const { id, attempts } = operation;
    if (this.#attempts.get(id) !== attempts) return;
    this.#attempts.delete(id);
    this.#watcher?.operation(operation);
  }

  /** Adds a delivery. */
  add(delivery: Omit<PendingDelivery, 'number'>): PendingDelivery {
    const added = { ...delivery, number: this.#lastDelivery + 1 };
    this.put(added);
    return added;
  }

  /** Adds a delivery with its number, or replaces it. */
  put(delivery: PendingDelivery): void {
    this.#lastDelivery = Math.max(this.#lastDelivery, delivery.number);
    this.#deliveries.set(delivery.number, delivery);
    this.#watcher?.delivery(delivery.number);
  }

  /** Notes that a delivery is done or given up. */
  remove(number: number): void {
    if (this.#deliveries.delete(number)) this.#watcher?.delivery(number);
  }
}
