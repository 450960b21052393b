import { isRecord, numberOf, textOf } from './values.ts';

/** Entries that wait for their twin; the oldest is given when there are more. */
const mostHeld = 1_000;

interface Held {
  readonly entry: unknown;
  readonly what: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The entries of an archive without those that a service worker answered by a request of its own. Chrome lists both:
 * what the page asked of its worker, and what the worker asked of the network, which alone went over the wire.
 */
export async function* withoutWorkerTwins(entries: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  const held: Held[] = [];
  for await (const entry of entries) {
    const {
      request,
      startedDateTime,
      time,
      _fetchedViaServiceWorker: viaWorker,
    } = isRecord(entry) ? entry : {};
    const { method, url } = isRecord(request) ? request : {};
    const what = `${textOf(method)} ${textOf(url)}`;
    const from = Date.parse(textOf(startedDateTime));
    if (viaWorker === true) {
      held.push({ entry, what, from, to: from + numberOf(time) });
      if (held.length > mostHeld) yield held.shift()?.entry;
      continue;
    }
    const twin = held.findIndex((one) => one.what === what && one.from <= from && from <= one.to);
    if (twin >= 0) held.splice(twin, 1);
    yield entry;
  }
  for (const { entry } of held) yield entry;
}
