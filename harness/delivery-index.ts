import type { Delivery } from './listener.ts';

// A GUID without its hyphens is another clause's matter, and still the id of its operation.
const guid = /([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})/gi;

/** A GUID in the form by which deliveries are found; undefined for text that is none. */
export function guidOf(text: string): string | undefined {
  const found = [...text.matchAll(guid)];
  return found.length === 1 && found[0]?.[0] === text ? written(found[0]) : undefined;
}

const written = ([, ...parts]: readonly string[]): string => parts.join('-').toLowerCase();

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
    const guids = new Set([...delivery.body.matchAll(guid)].map(written));
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
