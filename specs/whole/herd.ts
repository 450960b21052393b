import type { Reply } from '../../harness/listener.ts';
import type { AttemptPlan } from '../../harness/plan.ts';
import { fail, proceed, succeed } from '../../harness/test.ts';
import type { Combination } from './combinations.ts';
import { amounts, counts, edgeMessages, platformCodes, suffixes, edgeTexts, whens } from './extremes.ts';

const plain: Combination = {
  attempt: 1,
  ending: 'succeeds',
  cancellation: 'never',
  way: 'delete',
  attempts: [[succeed({ Text: 'one of many' })]],
  callback: { replies: [{ status: 200 }], suffix: '' },
  received: true,
  otherUser: false,
  canceledByOther: false,
  late: false,
  payload: undefined,
};

function pick<T>(values: readonly [T, ...T[]] | readonly T[], index: number): T {
  return values[index % values.length] as T;
}

/** Operations that succeed in one millisecond, each with values of its own at some edge. */
const values = edgeTexts.map((text, index): Combination => ({
  ...plain,
  attempts: [
    [
      succeed({
        Text: text,
        Count: pick(counts, index),
        Flag: index % 2 === 0,
        Amount: pick(amounts, index),
        When: pick(whens, index),
        Id: index % 2 === 0 ? '00000000-0000-0000-0000-000000000000' : 'A1b2C3d4-0000-4fff-8abc-0123456789aB',
      }),
    ],
  ],
  callback: { replies: [{ status: 200 }], suffix: pick(suffixes, index) },
  payload: pick(edgeTexts, index + 1),
}));

/** Operations whose every attempt gets the same edge of a text and fails in one millisecond, by turns with errors of their own and of the platform. */
const errors = edgeMessages.map((message, index): Combination => {
  const platform = index % 2 === 1;
  const plan = platform ? fail(message, pick(platformCodes, (index - 1) / 2)) : fail(message);
  const callback = index % 3 === 2 ? undefined : plain.callback;
  const payload = pick(edgeTexts, index);
  return {
    ...plain,
    ending: platform ? 'platform error' : 'own error',
    attempts: [[plan]],
    callback,
    payload,
  };
});

const failed = [fail('told to fail')];

/** Cancellations during and after each attempt, in the way that the number of the attempt gives. */
const canceled = [1, 2, 3, 4].flatMap((attempt): Combination[] => {
  const earlier: AttemptPlan[] = Array.from({ length: attempt - 1 }, () => failed);
  const common = { ...plain, attempt, way: attempt % 2 === 0 ? 'patch' : 'delete' } as const;
  const during = { ...common, cancellation: 'during the attempt' } as const;
  return [
    { ...during, attempts: [...earlier, [succeed({ Text: `in attempt ${attempt}` })]] },
    { ...during, ending: 'own error', attempts: [failed], canceledByOther: true },
    ...(attempt === 1
      ? []
      : [{ ...common, cancellation: 'after the attempt', way: 'patch', attempts: [failed] } as const]),
  ];
});

/** Cancellations before the start by another user, and of attempts that go on for a while: as they begin, and later. */
const slow = (end: AttemptPlan[number]): AttemptPlan => [proceed(61_000), proceed(49_000), end];
const others: readonly Combination[] = [
  { ...plain, attempt: 3, ending: 'own error', cancellation: 'after the attempt', attempts: [failed] },
  { ...plain, cancellation: 'before the start', canceledByOther: true },
  {
    ...plain,
    attempt: 3,
    cancellation: 'during the attempt',
    attempts: [failed, failed, slow(succeed())],
  },
  {
    ...plain,
    ending: 'own error',
    cancellation: 'during the attempt',
    late: true,
    attempts: [slow(fail('told to fail late'))],
  },
];

const tooLong: AttemptPlan = [proceed(400_000), succeed()];

/** Time-outs, and nothing else; those that a retry recovers from, or that other errors follow, one after errors, and one of what has been canceled. */
const timeOuts: readonly Combination[] = [
  { ...plain, ending: 'time-out', attempts: [tooLong], callback: undefined },
  { ...plain, attempt: 4, ending: 'time-out', attempts: [failed, failed, failed, tooLong], otherUser: true },
  { ...plain, attempt: 2, ending: 'time-out', attempts: [tooLong, [succeed({ Text: 'recovered' })]] },
  { ...plain, ending: 'time-out', attempts: [tooLong, failed] },
  { ...plain, ending: 'time-out', cancellation: 'during the attempt', attempts: [tooLong] },
];

/** What careful implementers take for a secret, and keep out of what they show: it is a value like any other. */
const secretive = (of: string): string =>
  `https://user:secret@contoso.example/${of}?sv=1&sig=a%2Bb%3D&code=key&password=secret#Bearer`;

/** Retries that succeed in one millisecond, and an error of its own after one of the platform. */
const retried: readonly Combination[] = [
  ...['one', 'another'].map((Text): Combination => ({
    ...plain,
    attempt: 2,
    attempts: [failed, [succeed({ Text: `${Text} after a retry` })]],
    payload: secretive(Text),
  })),
  {
    ...plain,
    ending: 'platform then own',
    attempts: [[fail('of the platform', platformCodes[0])], failed, failed, [succeed()]],
  },
];

/** Operations that are submitted in other ways, which changes nothing of their lives. */
export const otherWays: readonly Combination[] = (
  ['organization service', 'strong consistency', 'disconnect'] as const
).flatMap((by): Combination[] => {
  // What comes and goes as it was given is told by what looks as if it could be written otherwise.
  const callback = { replies: [{ status: 200 }], suffix: suffixes[2] ?? '' };
  const lived = { ...plain, by, callback, payload: `\u6f22 by ${by}` };
  const recovers = [failed, [succeed({ Text: `recovered, ${by}` })]];
  const all = [
    { ...lived, attempt: 2, attempts: recovers },
    { ...lived, ending: 'time-out', attempts: [tooLong], payload: '' },
    { ...lived, ending: 'own error', attempts: [[fail('told to fail', platformCodes[0])], failed] },
    { ...lived, ending: 'own error', attempts: [failed] },
  ] as const;
  return by === 'organization service' ? [...all] : [...all.slice(0, 1)];
});

/** Receivers that fail: the event has to come all the same, and what is delivered again has to be the same. */
const unreceived = [
  { status: 404 },
  { status: 503 },
  { status: 302, location: '/bgop/elsewhere' },
  'cut',
] as const;

/** One whose receiver wants credentials, which no callback has. */
const challenged: Combination = {
  ...plain,
  callback: { replies: [{ status: 401 }], suffix: '' },
  received: false,
};

/** One whose receiver is slow, and fine. */
const slowlyReceived: Combination = {
  ...plain,
  slow: true,
  attempts: [[succeed({ Text: secretive('told-slowly') })]],
};

/** Receivers that are out of order once or twice: what they received at last must not come again. */
const recovering = [1, 2].map((failures): Combination => ({
  ...plain,
  callback: { replies: [...Array<Reply>(failures).fill({ status: 503 }), { status: 200 }], suffix: '' },
  received: false,
}));

/**
 * Values that are longer than any buffer, though not too long for their columns. Nearly wherever a buffer ends it
 * cuts a character, which is broken where each buffer is decoded by itself.
 */
const longText = '\u6f22\u00e4\u{1f469}'.repeat(16_411);
const long: Combination = {
  ...plain,
  long: true,
  attempt: 2,
  attempts: [failed, [succeed({ Text: longText })]],
  payload: longText,
};

/**
 * Preferences of other requests stand beside those of the submission, as in clients that send them with each request.
 * Not return=minimal, for which the outputs of an action may stay away (OData 4.01, 8.2.8.7).
 */
const besides = ['odata.include-annotations="*"', 'odata.maxpagesize=2', 'return=representation'].map(
  (beside, index): Combination => ({
    ...plain,
    beside,
    attempts: [[succeed({ Text: `beside ${beside}` })]],
    callback: index === 1 ? plain.callback : undefined,
  }),
);

/** Combinations that no choice of rows may leave out. */
export const herd: readonly Combination[] = [
  ...values,
  ...errors,
  ...canceled,
  ...others,
  ...timeOuts,
  { ...plain, ending: 'own error', attempts: [[fail('')]] },
  { ...plain, attempt: 2, ending: 'own error', attempts: [failed, [fail('')]] },
  { ...plain, ending: 'no answer', attempts: [[{ outcome: 'odd', status: 500, body: '' }]] },
  ...retried,
  challenged,
  slowlyReceived,
  ...recovering,
  ...besides,
  long,
  ...unreceived.map((reply): Combination => ({
    ...plain,
    attempts: [reply === 'cut' ? [succeed()] : [fail(secretive('not-received'), platformCodes[0])]],
    ending: reply === 'cut' ? 'succeeds' : 'platform error',
    callback: { replies: [reply], suffix: suffixes[1] ?? '' },
    received: false,
  })),
];

/** Combinations that live when the others have expired. */
export const later: readonly Combination[] = [
  { ...plain, attempts: [slow(succeed({ When: '2026-07-15T12:00:00.000Z' }))] },
];
