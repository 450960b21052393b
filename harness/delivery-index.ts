import type { Delivery } from './listener.ts';

const guid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;

/** Finds deliveries by the GUIDs in their text: a long run looks for thousands of operations among thousands. */
export class DeliveryIndex {
  /** Those that are indexed, oldest first, with the GUIDs by which they are found. */
  readonly #known: { readonly delivery: Delivery; readonly guids: ReadonlySet<string> }[] = [];
  readonly #byGuid = new Map<string, Delivery[]>();

  /**
   * Those of a list whose text names an id in lower case, oldest first. The list is always the same one: it grows at
   * its end, and may have lost its oldest ones.
   */
  find(id: string, deliveries: readonly Delivery[]): readonly Delivery[] {
    while (this.#known.length > 0 && this.#known[0]?.delivery !== deliveries[0]) this.#dropOldest();
    for (const delivery of deliveries.slice(this.#known.length)) this.#add(delivery);
    return this.#byGuid.get(id) ?? [];
  }

  #add(delivery: Delivery): void {
    const guids = new Set(delivery.body.match(guid)?.map((one) => one.toLowerCase()));
    this.#known.push({ delivery, guids });
    for (const id of guids) {
      const found = this.#byGuid.get(id);
      if (found === undefined) this.#byGuid.set(id, [delivery]);
      else found.push(delivery);
    }
  }

  #dropOldest(): void {
    for (const id of this.#known.shift()?.guids ?? []) {
      const found = this.#byGuid.get(id) ?? [];
      found.shift();
      if (found.length === 0) this.#byGuid.delete(id);
    }
  }
}
