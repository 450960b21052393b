/** Where something showed: the exchange or delivery by its id in the evidence, and the member of it. */
export interface Origin {
  readonly exchange: number;
  /** A member of the JSON body, the name of a header, `status`, or `codes` for the pair of codes. */
  readonly member?: string;
}

/** Objects that came out of an answer or a delivery. */
const origins = new WeakMap<object, number>();

/** Members of answers deeper than this are not looked for: no check reads them by themselves. */
const deepestMember = 4;

/** Remembers of a parsed body, and of the objects in it, from which exchange or delivery it came. */
export function cameFrom<T>(body: T, exchange: number | undefined): T {
  if (exchange !== undefined) remember(body, exchange, deepestMember);
  return body;
}

function remember(value: unknown, exchange: number, depth: number): void {
  if (typeof value !== 'object' || value === null || depth === 0) return;
  origins.set(value, exchange);
  for (const member of Object.values(value)) remember(member, exchange, depth - 1);
}

/** A part of something that came from an exchange, for an expectation on what was computed from it. */
export function partOf(source: object, member: string): object {
  return originOf(source, member) ?? {};
}

/** What names its exchange itself, or a reading of such an answer. */
interface Traced {
  readonly exchange?: unknown;
  readonly member?: unknown;
  readonly answer?: { readonly exchange?: unknown };
}

/** Where an answer, a delivery, a reading or an object from a body came from; undefined where that is not known. */
export function originOf(source: object, member?: string): Origin | undefined {
  // What a target sends may have members of any name.
  const inBody = origins.get(source);
  if (inBody !== undefined) return origin(inBody, member);
  // What is counted shows in the last that came.
  const last: unknown = Array.isArray(source) ? source.at(-1) : undefined;
  if (typeof last === 'object' && last !== null) return originOf(last);
  const traced = source as Traced;
  return origin(traced.exchange ?? traced.answer?.exchange, member ?? traced.member);
}

function origin(exchange: unknown, member: unknown): Origin | undefined {
  if (typeof exchange !== 'number') return undefined;
  return { exchange, ...(typeof member === 'string' ? { member } : {}) };
}
