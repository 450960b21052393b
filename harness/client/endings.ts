import type { WireRequest } from '../answer.ts';
import { Interrupted, TransportError } from '../verdict.ts';
import type { Suspicion } from './suspicion.ts';

/** A request that the target may have taken got no usable answer: its check is begun again. */
export function mayHaveBeenTaken(request: WireRequest, suspicion: Suspicion): Interrupted {
  return new Interrupted(
    `${met(request, suspicion)}. Whether the target took the request cannot be known`,
    [],
    suspicion.source,
  );
}

/** Only this kind of request is answered badly, and heals. */
export function ofUnknownOrigin(request: WireRequest, suspicion: Suspicion): Interrupted {
  return new Interrupted(
    `${met(request, suspicion)}. Only this kind of request is answered so, and well when it is sent again: the target may do it, or something in front of it. Run the suite without what stands in between`,
    [],
    suspicion.source,
  );
}

/** A firewall refuses this kind of request whenever it is sent. */
export function refusedByFirewall(request: WireRequest, suspicion: Suspicion): Interrupted {
  return new Interrupted(
    `${met(request, suspicion)}. Every request of this kind is refused so: let the suite pass what stands in between. Where nothing does, let the target refuse it with the error of the platform, {"error":{"code","message"}}, or with the header fields of its other answers`,
    [],
    suspicion.source,
  );
}

/** The connection breaks whenever this kind of request is sent. */
export function alwaysBroken(request: WireRequest, suspicion: Suspicion): TransportError {
  return new TransportError(
    `${met(request, suspicion)}, every time, while other requests are answered: the target may do it, or something in front of it. Look after what stands in between`,
    [],
    suspicion.source,
  );
}

/** Nothing came through for as long as the suite waits. */
export function nothingCameThrough(
  request: WireRequest,
  suspicion: Suspicion,
  times: number,
  elapsedMs: number,
): TransportError {
  const how = times === 1 ? '' : `, ${times} times in ${Math.ceil(elapsedMs / 1_000)} s`;
  return new TransportError(
    `${met(request, suspicion)}${how}, and nothing else came through. Look after what stands between suite and target, and run again`,
    [],
    suspicion.source,
  );
}

function met({ method, url }: WireRequest, { what }: Suspicion): string {
  return `${what.slice(0, 1).toUpperCase()}${what.slice(1)}: ${method} ${new URL(url).pathname}`;
}
