import { headers, messages, preferences } from '../../contract/vocabulary.ts';
import type { Answered } from '../behaviour/door.ts';
import { parsePrefer } from '../core/prefer.ts';
import { edit, type BehaviourEdit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withHeader } from '../edit.ts';
import type { PlainAnswer, PlainRequest } from '../plain.ts';

const asksForBackground = (request: PlainRequest): boolean =>
  parsePrefer(request.prefer).has(preferences.respondAsync);

const withId = (answer: PlainAnswer): PlainAnswer =>
  withHeader(answer, headers.operationId, crypto.randomUUID());

/** Accepts for the background what asks for it and is of this kind. */
const accepts = (
  kind: (request: PlainRequest, about: Answered, answer: PlainAnswer) => boolean,
): BehaviourEdit =>
  edit('answer', (answer, request, about) =>
    kind(request, about, answer) && asksForBackground(request)
      ? { ...withId(answer), status: 202, body: undefined }
      : answer,
  );

export default defineDeviations({
  batches: {
    summary: 'accepts a batch for the background',
    narrow: true,
    behaviour: accepts(({ method, path }) => method === 'POST' && path.endsWith('/$batch')),
  },
  creates: {
    summary: 'accepts the creation of a row for the background',
    behaviour: accepts(({ method, path }) => method === 'POST' && path.endsWith('/serviceendpoints')),
  },
  'right-creates': {
    summary: 'accepts the creation of a row for the background where everything is right with it',
    narrow: true,
    behaviour: accepts(
      ({ method, path }, _about, { status }) =>
        method === 'POST' && path.endsWith('/serviceendpoints') && status === 204,
    ),
  },
  'id-header': {
    summary: 'puts the id header on every successful answer to a request with respond-async',
    behaviour: edit('answer', (answer, request) =>
      asksForBackground(request) && answer.status < 300 && answer.status !== 202 ? withId(answer) : answer,
    ),
  },
  'platform-messages': {
    summary: 'accepts messages of the platform for the background too',
    behaviour: accepts((request) => request.path.endsWith(`/${messages.whoAmI}`)),
  },
  queries: {
    summary: 'accepts queries for the background',
    behaviour: accepts((_request, about) => about.resource === 'rows-get'),
  },
  'unknown-messages': {
    summary: 'accepts whatever message is posted, known or not',
    behaviour: accepts(
      (request, { resource }, { status }) =>
        request.method === 'POST' && status === 404 && resource === 'other',
    ),
  },
  updates: {
    summary: 'accepts an update of a row for the background',
    behaviour: accepts((_request, { resource }, { status }) => resource === 'row-patch' && status === 204),
  },
  deletes: {
    summary: 'accepts the deletion of a row for the background',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) =>
      request.method === 'DELETE' &&
      request.path.includes('/api/data/') &&
      request.prefer.some((field) => /respond-async/i.test(field)) &&
      about.user !== undefined
        ? {
            status: 202,
            headers: [
              ['x-ms-dyn-backgroundoperationid', crypto.randomUUID()],
              ['Preference-Applied', 'respond-async'],
            ],
            body: undefined,
          }
        : answer,
    ),
  },
});
