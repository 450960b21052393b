import fc from 'fast-check';
import type { ClauseId } from '../contract/clauses.ts';
import { forAll } from '../harness/property.ts';
import { clause, test } from '../harness/test.ts';
import { expectAsynchronous, expectCallback } from '../scenarios/support/preferring.ts';

/** One way of writing `Prefer`; `%URL%` stands for the callback's. */
interface Writing {
  readonly fields: readonly string[];
  /** The same with nothing in it that the law is about: it has to be understood already. */
  readonly control?: string;
}

const marker = '%URL%';
const casing = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => text.replaceAll(/\b\w/g, (letter) => letter.toUpperCase()),
  (text) => [...text].map((letter, index) => (index % 2 === 0 ? letter.toUpperCase() : letter)).join(''),
);
const space = fc.constantFrom('', ' ', '  ', '\t', ' \t ');
// Not wait: with it what is done in time may be answered at once (RFC 7240, 4.3).
const others = fc.constantFrom(
  'return=minimal',
  'odata.maxpagesize=50',
  'odata.track-changes',
  'handling=lenient; strict',
  'odata.include-annotations="*"',
);
/** More preferences that are defined somewhere: a client may send them all. */
const many = [
  'return=representation',
  'odata.maxpagesize=50',
  'odata.track-changes',
  'handling=lenient',
  'odata.include-annotations="*"',
  'odata.continue-on-error',
  'continue-on-error',
  'odata.allow-entityreferences',
  'omit-values=nulls',
  'depth-noroot',
];
const unknowns = fc.constantFrom(
  'x-unknown',
  'x-unknown=1',
  'x-list="a, respond-sync; b"',
  'x-quoted="say \\"hi\\", twice"',
  'x-empty=""',
  'x; y=1; z="q;r"',
);

const known = ['return=minimal', 'odata.maxpagesize=50', 'odata.include-annotations="*"'];
const plain: fc.Arbitrary<Writing> = fc.constant({ fields: ['respond-async'] });
const laws: readonly {
  clause: ClauseId;
  title: string;
  writings: fc.Arbitrary<Writing>;
  callback: boolean;
  examples?: readonly Writing[];
}[] = [
  {
    clause: 'prefer.case-insensitive',
    title: 'respond-async in any casing MUST mean the same',
    writings: casing.map((cased) => ({ fields: [cased('respond-async')] })),
    callback: false,
  },
  {
    clause: 'prefer.case-insensitive',
    title: 'odata.callback and its url in any casing MUST mean the same',
    writings: fc.tuple(casing, casing).map(([name, parameter]) => ({
      fields: [`respond-async, ${name('odata.callback')}; ${parameter('url')}="${marker}"`],
    })),
    callback: true,
  },
  {
    clause: 'prefer.any-position',
    title: 'respond-async at any place among other preferences MUST be found',
    writings: fc.tuple(fc.uniqueArray(others, { maxLength: 4 }), fc.nat(4)).map(([list, place]) => ({
      fields: [[...list.slice(0, place), 'respond-async', ...list.slice(place)].join(', ')],
    })),
    examples: [{ fields: [[...many, 'respond-async'].join(', ')] }],
    callback: false,
  },
  {
    clause: 'prefer.several-fields',
    title: 'preferences in any number of Prefer fields MUST mean the same as one list',
    writings: fc
      .tuple(fc.uniqueArray(others, { maxLength: 3 }), fc.nat(3), fc.boolean())
      .map(([list, place, joined]) => {
        const fields = [...list.slice(0, place), 'respond-async', ...list.slice(place)];
        return {
          fields: joined && fields.length > 2 ? [`${fields[0]}, ${fields[1]}`, ...fields.slice(2)] : fields,
          control: fields.join(', '),
        };
      }),
    callback: false,
  },
  {
    clause: 'prefer.whitespace',
    title: 'white space around commas, semicolons and = MUST change nothing',
    writings: fc
      .array(space, { minLength: 5, maxLength: 5 })
      .map(([a = '', b = '', c = '', d = '', e = '']) => ({
        fields: [`respond-async${a},${b}odata.callback${c};${d}url${e}=${a}"${marker}"`],
      })),
    callback: true,
  },
  {
    clause: 'prefer.unknown-ignored',
    title: 'unknown preferences and parameters MUST be ignored wherever they stand',
    writings: fc
      .tuple(fc.array(unknowns, { minLength: 1, maxLength: 3 }), fc.nat(3), fc.boolean())
      .map(([list, place, parameter]) => ({
        fields: [
          [
            ...list.slice(0, place),
            parameter ? 'respond-async; x-unknown="1,2;3"' : 'respond-async',
            ...list.slice(place),
          ].join(', '),
        ],
        control: [
          ...known.slice(0, Math.min(place, list.length)),
          'respond-async',
          ...known.slice(place, list.length),
        ].join(', '),
      })),
    callback: false,
  },
];

for (const law of laws) {
  test(
    law.title,
    clause(law.clause, {
      branch: `any writing${law.callback ? ', with a callback' : ''}`,
      needs: law.callback ? ['probe', 'callback'] : ['probe'],
    }),
    ({ tools }) =>
      forAll(
        tools,
        law.title,
        fc.oneof({ weight: 9, arbitrary: law.writings }, { weight: law.callback ? 0 : 1, arbitrary: plain }),
        async ({ fields, control }) => {
          if (law.callback)
            await expectCallback(tools, (url) => fields.map((field) => field.replaceAll(marker, url)), {
              suffix: '?a=1,2;b=%2B&sig=bgop-1',
            });
          else
            await expectAsynchronous(
              tools,
              fields,
              control === undefined ? undefined : { prefer: control, clause: 'prefer.any-position' },
            );
        },
        {
          share: 0.3,
          ...(law.examples === undefined ? {} : { examples: law.examples }),
          script: ({ fields }) => [
            `POST the probe with ${fields.map((field) => `Prefer: ${field}`).join(' and ')}.`,
          ],
        },
      ),
  );
}
