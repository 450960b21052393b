import { randomUUID } from 'node:crypto';
import { errorCodes, headers, paths, preferences } from '../contract/vocabulary.ts';
import type { ClauseId } from '../contract/clauses.ts';
import type { Answer } from '../harness/answer.ts';
import { isAccepted } from '../harness/check/accepted.ts';
import { excerpt } from '../harness/mask/excerpt.ts';
import { Blocked, clause, expect, fail, test } from '../harness/test.ts';

/** Characters of inputs that are long, and yet no file; the column that keeps them takes a million. */
const longInputs = [20_000, 200_000];

/**
 * Fields as clients write them. Media types are the same in any case, and their parameters with or without white space
 * (RFC 9110, 8.3.1); who takes anything takes JSON.
 */
const usualFields = [
  ['Content-Type', 'application/json; charset=utf-8'],
  ['Content-Type', 'application/json;charset=UTF-8'],
  ['Content-Type', 'application/json;odata.metadata=minimal'],
  ['Content-Type', 'Application/JSON; charset="utf-8"'],
  ['Accept', 'application/json, text/plain, */*'],
] as const;

/** The path that a Location names, absolute or relative; undefined where there is none. */
function pathOf(location: string | undefined): string | undefined {
  if (location === undefined) return undefined;
  return URL.canParse(location) ? new URL(location).pathname : location.split(/[?#]/, 1)[0];
}

/** Location of a 202; blocks the check where the call was not accepted. */
function locationOf(answer: Answer): string | undefined {
  if (!isAccepted(answer)) throw new Blocked('submit.accepted', answer.describe());
  return answer.header(headers.location);
}

/** The id at the end of Location, be it the monitor's or (wrongly) the row's. */
function idInLocation(answer: Answer): string | undefined {
  return /([^/()]+)\)?\/?$/.exec(pathOf(locationOf(answer)) ?? '')?.[1]?.toLowerCase();
}

/** The id in the header of a 202; undefined where it is absent. */
function idInHeader(answer: Answer): string | undefined {
  if (!isAccepted(answer)) throw new Blocked('submit.accepted', answer.describe());
  return answer.header(headers.operationId)?.trim().toLowerCase();
}

/** The id that a 202 names, from either place. */
function idOf(answer: Answer): string {
  const id = idInHeader(answer) ?? idInLocation(answer);
  if (id === undefined) throw new Blocked('submit.id-header', answer.describe());
  return id;
}

test(
  'POST of a custom API with respond-async MUST be answered 202',
  clause('submit.accepted'),
  async ({ call }) => {
    const { answer } = await call();
    expect(answer, 'status', 'the status of POST with respond-async').toBe(202);
  },
);

test(
  'POST with media types as clients write them MUST be answered 202',
  clause('submit.accepted', { branch: 'with a charset' }),
  async ({ call }) => {
    for (const field of usualFields) {
      const { answer } = await call({ headers: [field] });
      if (answer.status !== 202) {
        const { answer: usual } = await call();
        if (usual.status !== 202) throw new Blocked('submit.accepted', usual.describe());
      }
      expect(answer, 'status', `the status of POST with ${field.join(': ')}`).toBe(202);
    }
  },
);

test(
  'POST with inputs of many kilobytes MUST be answered 202',
  clause('submit.accepted', { branch: 'long inputs' }),
  async ({ call }) => {
    for (const length of longInputs) {
      const { answer } = await call({ payload: 'x'.repeat(length) });
      if (answer.status !== 202) {
        const { answer: usual } = await call();
        if (usual.status !== 202) throw new Blocked('submit.accepted', usual.describe());
      }
      expect(answer, 'status', `the status of POST with a text of ${length} characters`).toBe(202);
    }
  },
);

/** Ways of submitting whose 202 an implementation may make in another place. */
const submissions = [
  { how: '', of: (id: ClauseId) => clause(id), options: {} },
  {
    how: ', with a callback asked for',
    of: (id: ClauseId) => clause(id, { branch: 'with a callback', needs: ['probe', 'callback'] }),
    options: { callback: true },
  },
] as const;

for (const { how, of, options } of submissions) {
  test(`Location of the 202 MUST name the status monitor${how}`, of('submit.location'), async ({ call }) => {
    const { answer } = await call(options);
    const path = pathOf(locationOf(answer));
    expect(path, 'the path of Location', answer).toMatch(
      new RegExp(`^${paths.monitor}[^/]+$`),
      `${paths.monitor}{id}`,
    );
  });

  test(
    `Location of the 202 SHOULD be an absolute URL on the organization’s origin${how}`,
    of('submit.location-absolute'),
    async ({ call, target, observe }) => {
      const { answer } = await call(options);
      const location = locationOf(answer);
      if (location === undefined) throw new Blocked('submit.location', answer.describe());
      observe(`Location is ${location}`);
      const url = URL.parse(location);
      expect(location, 'Location', answer).toSatisfy(url !== null, 'an absolute URL');
      // Inside a container the target cannot know the port at which it is reached from outside.
      if (target.config.target.kind === 'container') return;
      expect(url?.origin, 'the origin of Location', answer).toBe(new URL(target.url).origin);
    },
  );

  test(`the 202 MUST carry the id in its header${how}`, of('submit.id-header'), async ({ call }) => {
    const { answer } = await call(options);
    expect(idInHeader(answer), `the header ${headers.operationId}`, answer).toMatch(/\S/, 'an id');
  });

  test(`the id of an operation MUST be a GUID${how}`, of('submit.id-is-guid'), async ({ call }) => {
    const { answer } = await call(options);
    expect(idOf(answer), 'the id', answer).toBeGuid();
  });

  test(
    `the id in the header and the id in Location MUST be the same${how}`,
    of('submit.id-matches-location'),
    async ({ call }) => {
      const { answer } = await call(options);
      const [inHeader, inLocation] = [idInHeader(answer), idInLocation(answer)];
      if (inHeader === undefined) throw new Blocked('submit.id-header', answer.describe());
      if (inLocation === undefined) throw new Blocked('submit.location', answer.describe());
      // Whether braces around it are still a GUID is for submit.id-is-guid to say.
      expect(inLocation, 'the id in Location', answer).toBe(inHeader.replaceAll(/[{}]/g, ''));
    },
  );
}

test(
  'ids MUST be unique among operations submitted at once',
  clause('submit.id-unique', { branch: 'at once' }),
  async ({ call }) => {
    const calls = await Promise.all(Array.from({ length: 40 }, () => call()));
    const ids = calls.map(({ answer }) => idOf(answer));
    expect(new Set(ids).size, 'the number of different ids of 40 operations').toBe(40);
  },
);

test(
  'ids MUST be unique among operations with the same inputs',
  clause('submit.id-unique', { branch: 'with the same inputs' }),
  async ({ call, client }) => {
    const { answer: first } = await call();
    const resource = first.request.url.slice(first.request.url.lastIndexOf('/') + 1);
    const again = (): Promise<Answer> =>
      client.api('POST', resource, {
        headers: [[headers.prefer, preferences.respondAsync]],
        body: first.request.body ?? '',
      });
    const answers = [first, await again(), ...(await Promise.all([again(), again()]))];
    expect(new Set(answers.map(idOf)).size, 'the number of different ids of 4 equal calls', first).toBe(4);
  },
);

test(
  'ids MUST be unique among operations whose client numbers its requests alike',
  clause('submit.id-unique', { branch: 'of one number' }),
  async ({ call }) => {
    // Clients number their requests for traces; with other inputs it is another request all the same.
    const traced: [string, string] = ['x-ms-client-request-id', randomUUID()];
    const { answer: first } = await call({ headers: [traced], payload: 'first' });
    const { answer: second } = await call({ headers: [traced], payload: 'second' });
    expect(idOf(second), 'the id of the second operation', second).toSatisfy(
      idOf(second) !== idOf(first),
      'another than that of the first',
    );
  },
);

test(
  'Preference-Applied MUST be respond-async when no callback was asked for',
  clause('submit.preference-applied'),
  async ({ call }) => {
    const { answer } = await call();
    if (!isAccepted(answer)) throw new Blocked('submit.accepted', answer.describe());
    const applied = (answer.header(headers.preferenceApplied) ?? '')
      .split(',')
      .map((one) => one.trim().toLowerCase());
    expect(applied, 'Preference-Applied', answer).toEqual([preferences.respondAsync]);
  },
);

for (const [kind, failure] of Object.entries({
  'an error that is not the platform’s': fail(),
  'an error of the platform': fail('Access is denied.', errorCodes.accessDenied),
})) {
  test(
    `a custom API that will fail with ${kind} MUST be accepted with 202 all the same`,
    clause('submit.failure-is-accepted', { branch: kind }),
    async ({ call }) => {
      const { answer } = await call({ attempts: [failure] });
      if (isAccepted(answer)) return;
      const { answer: usual } = await call();
      if (!isAccepted(usual)) throw new Blocked('submit.accepted', usual.describe());
      expect(answer, 'status', 'the status of POST of a custom API that will fail').toBe(202);
    },
  );
}

test('the 202 MAY have a body', clause('submit.no-body'), async ({ call, observe }) => {
  const { answer } = await call();
  if (!isAccepted(answer)) throw new Blocked('submit.accepted', answer.describe());
  observe(answer.body === '' ? 'the 202 has no body' : `the 202 has a body: ${excerpt(answer.body, 200)}`);
});

test('the 202 MAY carry Retry-After', clause('submit.retry-after'), async ({ call, observe }) => {
  const { answer } = await call();
  if (!isAccepted(answer)) throw new Blocked('submit.accepted', answer.describe());
  const value = answer.header('retry-after');
  observe(value === undefined ? 'the 202 carries no Retry-After' : `the 202 carries Retry-After: ${value}`);
});
