import { z } from 'zod';
import { blameSchema, rawCheckSchema } from './outcome.ts';
import { runMetaSchema } from './run-meta.ts';

const text = z.string();

/** A test as the journal keeps it: enough to say of it that it did not run. */
const recordedTestSchema = z
  .object({
    id: text,
    title: text,
    location: z.object({ file: text, line: z.number(), column: z.number() }),
    annotations: z.array(z.object({ type: text, description: text.exactOptional() })),
    timeout: z.number(),
  })
  .readonly();

/** One line of the journal of a run, see {@link JournalLine}. */
export const journalLineSchema = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('run'),
      version: z.number(),
      startedAt: text,
      /** The folder to which the files of checks are relative. */
      root: text,
      meta: runMetaSchema,
      shard: text.exactOptional(),
      tests: z.array(recordedTestSchema).readonly(),
    })
    .readonly(),
  z.object({ kind: z.literal('begin'), test: text }).readonly(),
  z
    .object({
      kind: z.literal('end'),
      test: text,
      checks: z.array(rawCheckSchema).readonly(),
      /** Requests that the run had sent by then, where they are counted. */
      requests: z.number().exactOptional(),
    })
    .readonly(),
  z.object({ kind: z.literal('error'), message: text }).readonly(),
  z.object({ kind: z.literal('disturbed'), source: blameSchema, message: text }).readonly(),
]);

/** A test as a record of a run keeps it, see {@link recordedTestSchema}. */
export type RecordedTest = z.output<typeof recordedTestSchema>;

/** One line of the journal. Lines of a kind that this version does not know are passed over. */
export type JournalLine = z.output<typeof journalLineSchema>;
