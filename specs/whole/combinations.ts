import type { JsonObject } from '../../harness/answer.ts';
import type { CancelWay } from '../../harness/operation.ts';
import { oddAnswers, type AttemptPlan } from '../../harness/plan.ts';
import { fail, proceed, succeed } from '../../harness/test.ts';
import type { Reply } from '../../harness/listener.ts';
import { amounts, counts, edgeMessages, platformCodes, suffixes, edgeTexts, whens } from './extremes.ts';

/** How the attempt ends that the combination is about. */
const endings = [
  'succeeds',
  'own error',
  'platform error',
  'time-out',
  'no answer',
  'platform then own',
] as const;
/** When the operation is canceled. */
const cancellations = [
  'never',
  'before the start',
  'during the attempt',
  'after the attempt',
  'at the end',
] as const;
/** How long an attempt lasts, by the answers that let it go on. */
const durations = [[], [1], [59_999], [61_000, 49_000]] as const;
const replies: readonly Reply[] = [
  { status: 200 },
  { status: 201, body: '{}' },
  { status: 202 },
  { status: 204 },
  { status: 404 },
  { status: 503 },
  { status: 307, location: '/bgop/elsewhere' },
  'cut',
];

/** In which other way an operation is submitted; it lives as one that is submitted as usual. */
export type SubmissionWay = 'organization service' | 'strong consistency' | 'disconnect';

/** One combination: what an operation does, what is done to it, and who is told. */
export interface Combination {
  /** The attempt that all is about, from 1. */
  readonly attempt: number;
  readonly ending: (typeof endings)[number];
  readonly cancellation: (typeof cancellations)[number];
  readonly way: CancelWay;
  readonly attempts: readonly AttemptPlan[];
  readonly callback: { readonly replies: readonly Reply[]; readonly suffix: string } | undefined;
  /** Whether the receiver answers 2xx. */
  readonly received: boolean;
  readonly otherUser: boolean;
  /** Whether it is canceled by the other user, where that is allowed. */
  readonly canceledByOther: boolean;
  /** Whether it is canceled when the attempt has lasted for a while, rather than as it begins. */
  readonly late: boolean;
  readonly payload: string | undefined;
  /** Whether the callback's receiver takes seconds of real time to answer. */
  readonly slow?: true;
  /** Whether its values are so long that a target may refuse them. */
  readonly long?: true;
  /** A preference that stands beside those of the submission, and changes nothing. */
  readonly beside?: string;
  /** Absent as usual: by the Web API. */
  readonly by?: SubmissionWay;
}

/**
 * The numbers of levels of all factors, in the order in which {@link combination} reads them: attempt, ending,
 * cancellation, way, notification; user, duration, payload, outputs, message, receiver, URL.
 */
export const levels: readonly number[] = [
  4,
  endings.length,
  cancellations.length,
  2,
  2,
  2,
  durations.length,
  edgeTexts.length + 1,
  edgeTexts.length,
  edgeMessages.length,
  replies.length,
  suffixes.length,
];

/** The combination that a row of levels stands for. */
export function combination(row: readonly number[]): Combination {
  const at = (factor: number): number => row[factor] ?? 0;
  const attempt = at(0) + 1;
  const ending = endings[at(1)] ?? 'succeeds';
  const duration = durations[at(6)] ?? [];
  const message = edgeMessages[at(9)] ?? '';
  const reply = replies[at(10)] ?? { status: 200 };
  const lasting = (plan: AttemptPlan): AttemptPlan => [...duration.map((ms) => proceed(ms)), ...plan];
  const outputs = outputsOf(at(8), at(9));
  const earlier = Array.from({ length: attempt - 1 }, (_, index) =>
    lasting([fail(`${message} (attempt ${index + 1})`)]),
  );
  return {
    attempt,
    ending,
    cancellation: cancellations[at(2)] ?? 'never',
    way: at(3) === 0 ? 'delete' : 'patch',
    attempts: [
      ...earlier,
      ...endOf(ending, message, outputs, attempt).map((plan) =>
        ending === 'time-out' ? plan : lasting(plan),
      ),
    ],
    callback: at(4) === 0 ? undefined : { replies: [reply], suffix: suffixes[at(11)] ?? '' },
    received: typeof reply === 'object' && reply.status < 300,
    otherUser: at(5) === 1,
    canceledByOther: at(9) % 3 === 2,
    late: at(8) % 2 === 1 && duration.length > 1 && ending !== 'time-out',
    payload: at(7) === edgeTexts.length ? undefined : edgeTexts[at(7)],
  };
}

function outputsOf(text: number, other: number): JsonObject {
  return {
    Text: edgeTexts[text] ?? '',
    Count: counts[(text + other) % counts.length] ?? 0,
    Flag: other % 2 === 0,
    ...(text % 4 === 0 ? {} : { Amount: amounts[(text + 2 * other) % amounts.length] ?? 0 }),
    ...(other % 4 === 3 ? {} : { When: whens[(text + other) % whens.length] ?? '' }),
    ...(text % 5 === 0 ? {} : { Id: 'A1b2C3d4-0000-4fff-8abc-0123456789aB' }),
  };
}

function endOf(
  ending: Combination['ending'],
  message: string,
  outputs: JsonObject,
  attempt: number,
): AttemptPlan[] {
  const code = platformCodes[(message.length + attempt) % platformCodes.length];
  switch (ending) {
    case 'succeeds':
      return [[succeed(outputs)]];
    case 'own error':
      return [[fail(message)]];
    case 'platform error':
      return [[fail(message, code)]];
    case 'time-out':
      return [[proceed(400_000), succeed(outputs)]];
    case 'no answer':
      return [[oddAnswers[(message.length + attempt) % oddAnswers.length] ?? fail(message)]];
    case 'platform then own':
      return [[fail(message, code)], [fail(message)], [succeed(outputs)]];
  }
}

/** A combination in words, for reasons. */
export function describe(combination: Combination): string {
  const { attempt, ending, cancellation, way, callback, otherUser, late, by } = combination;
  const when = late && cancellation === 'during the attempt' ? 'late in the attempt' : cancellation;
  const canceled = cancellation === 'never' ? '' : `, canceled ${when} by ${way.toUpperCase()}`;
  return `attempt ${attempt}: ${ending}${canceled}${callback === undefined ? '' : ', with a callback'}${otherUser ? ', by another user' : ''}${by === undefined ? '' : `, ${by}`}`;
}
