import { z } from 'zod';

/**
 * What a check leaves behind as evidence, as plain JSON. Verdicts are derived later, by `reports/verdict.ts`;
 * nothing here judges.
 */

const text = z.string();
const texts = z.array(text).readonly();
const count = z.int().min(0);

/** A moment as ISO 8601 with its offset. */
export const instantSchema = z.iso.datetime({ offset: true });

const bodyTextSchema = z
  .object({
    text,
    cut: z
      .object({
        bytes: count,
        sha256: text.regex(/^[0-9a-f]{64}$/),
        file: text.regex(/^evidence\/body-[0-9a-f]{64}\.txt$/).exactOptional(),
      })
      .readonly()
      .exactOptional(),
  })
  .readonly()
  .meta({ id: 'body' });

const headerFieldsSchema = z
  .array(z.tuple([text, text]).readonly())
  .readonly()
  .meta({ id: 'headers' });

const exchangeSchema = z
  .object({
    kind: z.literal('exchange'),
    /** Names it within its check; absent in results of earlier versions. */
    id: count.exactOptional(),
    /** When the request left, on the suite's clock. */
    at: instantSchema,
    /** The target's clock at that moment, where it is virtual and known. */
    virtualTime: instantSchema.exactOptional(),
    durationMs: z.number(),
    /**
     * The numbers of the moments at which the request left and its answer came, counted over the requests
     * of the check: two exchanges whose spans overlap were under way at the same time.
     */
    order: z.object({ from: z.int(), to: z.int() }).readonly().exactOptional(),
    principal: text,
    request: z
      .object({ method: text, url: text, headers: headerFieldsSchema, body: bodyTextSchema.exactOptional() })
      .readonly(),
    response: z
      .object({ status: z.int(), headers: headerFieldsSchema, body: bodyTextSchema.exactOptional() })
      .readonly()
      .exactOptional(),
    error: text.exactOptional(),
  })
  .readonly()
  .meta({ id: 'exchange' });

const receivedSchema = z
  .object({
    kind: z.literal('received'),
    /** Names it within its check, among the exchanges too; absent in results of earlier versions. */
    id: count.exactOptional(),
    at: instantSchema,
    virtualTime: instantSchema.exactOptional(),
    purpose: z.enum(['probe', 'callback', 'event', 'unexpected']),
    method: text,
    url: text,
    headers: headerFieldsSchema,
    body: bodyTextSchema,
    /** What the listener answered, in words or as status and body. */
    answered: text,
    /** The operation that it belongs to, where known. */
    operationId: text.exactOptional(),
  })
  .readonly()
  .meta({ id: 'received' });

const advancedSchema = z
  .object({
    kind: z.literal('advanced'),
    at: instantSchema,
    milliseconds: z.number(),
    /** The target's clock afterwards. */
    now: instantSchema,
    durationMs: z.number(),
  })
  .readonly()
  .meta({ id: 'advanced' });

const mismatchSchema = z
  .object({
    kind: z.literal('mismatch'),
    /** What was looked at, e.g. "the status of DELETE". */
    subject: text,
    expected: text,
    actual: text,
    /** The id of the exchange or delivery in which it shows, where it shows in one. */
    exchange: count
      .meta({ description: 'The id of the exchange or delivery in which it shows.' })
      .exactOptional(),
    /** The member of it: of the JSON body, the name of a header, `status`, or `codes` for the pair of codes. */
    member: text
      .meta({ description: 'Where it shows there: a member of the body, a header, "status", or "codes".' })
      .exactOptional(),
  })
  .readonly()
  .meta({ id: 'mismatch' });

const counterexampleSchema = z
  .object({
    kind: z.literal('counterexample'),
    seed: z.number(),
    /** fast-check's path to the shrunk case. */
    path: text,
    runs: count,
    shrinks: count,
    /** The case in words, one step a line. */
    script: texts,
    curl: texts.exactOptional(),
    http: text.exactOptional(),
    /** For `bgop replay`. */
    token: text.exactOptional(),
  })
  .readonly()
  .meta({ id: 'counterexample' });

const remarkSchema = z
  .object({ kind: z.literal('remark'), text })
  .readonly()
  .meta({ id: 'remark' });

const timelineItemSchema = z
  .object({
    lane: z.enum(['requests', 'state', 'attempts', 'deliveries', 'cancellations']),
    label: text,
    /** Milliseconds from the beginning of the history. */
    from: z.number(),
    to: z.number(),
    contradiction: z.boolean().exactOptional(),
  })
  .readonly();

const illegalHistorySchema = z
  .object({
    kind: z.literal('history'),
    operationId: text,
    /** Why it is illegal, in words. */
    reason: text,
    items: z.array(timelineItemSchema).readonly(),
  })
  .readonly()
  .meta({ id: 'history' });

/** One piece of evidence. */
export const evidenceSchema = z
  .discriminatedUnion('kind', [
    exchangeSchema,
    receivedSchema,
    advancedSchema,
    mismatchSchema,
    counterexampleSchema,
    remarkSchema,
    illegalHistorySchema,
  ])
  .meta({ id: 'evidence' });

/**
 * Text of a body; one over 16 KB is cut and says how long it was, in bytes, its SHA-256 in hex, and the
 * file beside the report that has the whole of it, secrets masked, where that was kept.
 */
export type BodyText = z.output<typeof bodyTextSchema>;

/** Header fields, name and value, in the order and casing in which they went over the wire. */
export type HeaderFields = z.output<typeof headerFieldsSchema>;

/** One request of the suite and what came back; `error` stands where no answer came. */
export type Exchange = z.output<typeof exchangeSchema>;

/** One request that reached the suite's listener. */
export type Received = z.output<typeof receivedSchema>;

/** The suite moved the virtual clock. */
export type Advanced = z.output<typeof advancedSchema>;

/** What was expected and what came instead. */
export type Mismatch = z.output<typeof mismatchSchema>;

/** A property that does not hold: the shrunk counterexample and how to see it again. */
export type Counterexample = z.output<typeof counterexampleSchema>;

/** A remark that helps to read the rest, or what a MAY check saw. */
export type Remark = z.output<typeof remarkSchema>;

/** One row of a history drawn in the report: a span or a moment in the life of one operation. */
export type TimelineItem = z.output<typeof timelineItemSchema>;

/** A history that no run of the lifecycle explains, ready to be drawn. */
export type IllegalHistory = z.output<typeof illegalHistorySchema>;

/** One piece of evidence, see {@link evidenceSchema}. */
export type Evidence = z.output<typeof evidenceSchema>;
