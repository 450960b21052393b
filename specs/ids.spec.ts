import fc from 'fast-check';
import type { ClauseId } from '../contract/clauses.ts';
import { paths, table } from '../contract/vocabulary.ts';
import type { Answer } from '../harness/answer.ts';
import type { Client } from '../harness/client.ts';
import { forAll } from '../harness/property.ts';
import { clause, expect, test } from '../harness/test.ts';
import { grapheme, unknownIds } from './arbitraries.ts';

type Ask = (client: Client, id: string) => Promise<Answer>;

const cancellation = {
  headers: [['If-Match', '*']],
  body: { [table.state]: 2, [table.status]: 22 },
} as const;

const asks: Readonly<Partial<Record<ClauseId, Ask>>> = {
  'unknown.monitor-get': (client, id) => client.send({ method: 'GET', path: `${paths.monitor}${id}` }),
  'unknown.monitor-delete': (client, id) => client.send({ method: 'DELETE', path: `${paths.monitor}${id}` }),
  'unknown.row-get': (client, id) => client.api('GET', `${table.set}(${id})`),
  'unknown.row-patch': (client, id) => client.api('PATCH', `${table.set}(${id})`, cancellation),
};

for (const [id, ask] of Object.entries(asks) as [ClauseId, Ask][]) {
  const title = `${id.replace('unknown.', '').replace('-', ' ')}: any id that no operation has MUST be answered 404`;
  test(title, clause(id, { branch: 'any id' }), ({ tools }) =>
    forAll(
      tools,
      title,
      unknownIds,
      async (unknown) => {
        const answer = await ask(tools.client, unknown);
        expect(answer, 'status', `the status of ${answer.request.method} for an unknown id`).toBe(404);
      },
      { share: 0.3, script: (unknown) => [`Ask for the id ${unknown}.`] },
    ),
  );
}

/** Segments that are no GUID and stay one segment of the path. */
const malformed = fc
  .oneof(
    fc.string({ unit: grapheme, minLength: 1, maxLength: 40 }).map(encodeURIComponent),
    fc.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{11}$/),
    fc.stringMatching(/^[0-9a-g]{8}-[0-9a-g]{4}-[g-z]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
    fc.constantFrom('0', '-1', 'null', 'undefined', '%00', '%', '%zz', "'", "''", '{}', '1'.repeat(200)),
  )
  .filter(
    (segment) =>
      !/^\.{1,2}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(segment) && !segment.includes('/'),
  );

const malformedLaw = 'any id that is no GUID SHOULD be answered 400 or 404';
test(malformedLaw, clause('unknown.malformed', { branch: 'any text' }), ({ tools }) =>
  forAll(
    tools,
    malformedLaw,
    malformed,
    async (segment) => {
      const answer = await tools.client.send({ method: 'GET', path: `${paths.monitor}${segment}` });
      expect(answer, 'status', 'the status of GET of the monitor of a malformed id').toBeOneOf([400, 404]);
    },
    { share: 0.3, script: (segment) => [`GET ${paths.monitor}${segment}`] },
  ),
);
