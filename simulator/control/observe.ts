import type { Clock } from '../clock.ts';
import type { PlainAnswer, PlainRequest } from '../plain.ts';
import { signInRoute } from '../sign-in/path.ts';
import type { Exchange, Journal } from './journal.ts';

/** Does the work of a request. */
type Work = (request: PlainRequest) => PlainAnswer | Promise<PlainAnswer>;

/** Does work, and notes what came of it: notes requests to the organization in the journal (secrets of a sign-in are none of its), and tells `onExchange` of all. */
export function createObserver(
  journal: Journal,
  clock: Clock,
  onExchange: ((exchange: Exchange) => void) | undefined,
  work: Work,
): Work {
  return (request) => {
    const recorded = journal.recording && isOfOrganization(request.path);
    if (!recorded && onExchange === undefined) return work(request);
    const at = clock.now();
    const began = performance.now();
    const note = (answer: PlainAnswer): PlainAnswer => {
      const exchange = { request, answer, at, durationMs: performance.now() - began };
      if (recorded) journal.add(exchange);
      onExchange?.(exchange);
      return answer;
    };
    const answered = work(request);
    return answered instanceof Promise ? answered.then(note) : note(answered);
  };
}

function isOfOrganization(path: string): boolean {
  return path.startsWith('/api/') || (!path.startsWith('/simulator/') && signInRoute(path) === undefined);
}
