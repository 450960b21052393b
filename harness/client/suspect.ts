import type { WireAnswer, WireRequest } from '../answer.ts';
import type { Concentration } from './concentration.ts';
import { shapeOf } from './shape.ts';
import { Signature } from './signature.ts';
import { isMonitor, ofFirewalls, strangeRefusal, suspicionOf, type Suspicion } from './suspicion.ts';

/** Tells what may be the answer of somebody else by itself, and by what the target has answered before. */
export class Suspect {
  readonly #where: Concentration;
  readonly #signature = new Signature();

  constructor(where: Concentration) {
    this.#where = where;
  }

  /** A request of this shape got an answer of the target; its refusals may be somebody else's. */
  seen(shape: string, answer: WireAnswer): void {
    if (answer.status < 400) this.#signature.seen(shape, answer);
  }

  /** What makes an answer suspicious; undefined where it is the target's by all appearance. */
  of(request: WireRequest, answer: WireAnswer): Suspicion | undefined {
    const found = suspicionOf(request, answer);
    if (found === undefined || found.soft === true)
      return this.#unsigned(request, answer) ?? found ?? this.#metElsewhere(request, answer);
    return answer.status === 501 && this.#signature.lackedByRefusal(answer, areaOf(request))
      ? { ...found, refusal: true }
      : found;
  }

  /** A request that no one may repeat was refused as the gateway refuses reads. */
  #metElsewhere(request: WireRequest, answer: WireAnswer): Suspicion | undefined {
    const strange = strangeRefusal(answer, isMonitor(request));
    return strange !== undefined && this.#where.metElsewhere(shapeOf(request), strange.what)
      ? strange
      : undefined;
  }

  /** What lacks the header fields of all the target's answers: a refusal in a foreign form, or a success without what it should say. */
  #unsigned(request: WireRequest, answer: WireAnswer): Suspicion | undefined {
    const { status, headers } = answer;
    if (status >= 300) {
      const strange = strangeRefusal(answer, isMonitor(request));
      if (strange === undefined || !this.#signature.lackedByRefusal(answer, areaOf(request)))
        return undefined;
      if (!ofFirewalls.has(status)) return strange;
      return { source: strange.source, what: strange.what, taken: true, refusal: true };
    }
    if (!this.#signature.lackedBy(answer, areaOf(request))) return undefined;
    const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].split(';', 1)[0];
    return {
      source: 'gateway',
      what: `a gateway in front of the target answered ${status} (${type ?? 'no content type'}), without the header fields that the target’s answers have`,
      taken: true,
      soft: true,
    };
  }
}

/** The beginning of the path, which the Web API, the monitor and the organization service do not share. */
function areaOf({ url }: WireRequest): string {
  return /^(?:\/[^/]*){2}/.exec(new URL(url).pathname)?.[0] ?? '';
}
