import { defineClientSection } from '../client-clause.ts';

/** client-submit — what a client sends to start an operation, and to ask for a callback. */
export const clientSubmit = defineClientSection({
  id: 'client-submit',
  title: 'Client: ask for background execution',
  source: { document: 'article', anchor: 'request-asynchronous-processing' },
  clauses: {
    'client-submit.preferences-apart': {
      level: 'MUST',
      basis: 'derived',
      duty: 'the client separates preferences by commas: `respond-async`, `odata.callback` and `url` are not run together by semicolons',
      sees: 'a request with a callback preference',
      why: 'After a semicolon a name is a parameter of the preference before it, so no callback is asked for and none comes.',
      source: {
        document: 'rfc7240',
        anchor: 'section-2',
        note: 'preferences are separated by commas, their parameters by semicolons',
      },
    },
    'client-submit.callback-name': {
      level: 'MUST',
      basis: 'shown',
      duty: 'the client asks for a callback by the preference `odata.callback`',
      sees: 'a request with a callback preference',
      why: 'The published documentation shows this name only; a Dataverse that does not know another one never calls back.',
      source: { document: 'article', anchor: 'request-a-callback' },
    },
    'client-submit.callback-url-quoted': {
      level: 'MUST',
      basis: 'derived',
      duty: 'the client puts the `url` of a callback between quotation marks',
      sees: 'a request with a callback URL',
      why: 'A URL has characters that no bare value may have; without the marks it can be cut at the first of them.',
      source: {
        document: 'rfc7240',
        anchor: 'section-2',
        note: 'a value that is no token is a quoted-string; a URL with :// is no token',
      },
    },
    'client-submit.callback-url-absolute': {
      level: 'MUST',
      basis: 'derived',
      duty: 'the `url` of a callback is an absolute http or https address',
      sees: 'a request with a callback URL',
      why: 'Dataverse sends the callback from elsewhere: a path alone leads nowhere.',
      source: {
        document: 'article',
        anchor: 'request-a-callback',
        note: 'Dataverse sends a POST request to this URL, which must be sufficient by itself.',
      },
    },
    'client-submit.callback-with-async': {
      level: 'MUST',
      basis: 'derived',
      duty: 'the client asks for a callback only together with `respond-async`',
      sees: 'a request with a callback preference',
      why: 'Without it the call runs synchronously and no callback comes.',
      source: {
        document: 'odata',
        anchor: 'sec_Preferencecallbackodatacallback',
        note: 'a callback is for requests that are answered asynchronously',
      },
    },
    'client-submit.connector-header': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'the client does not ask for a callback by the header `x-ms-dyn-callback-url` alone',
      sees: 'a submission',
      why: 'Only the connector of Power Platform is seen to use the header; no documentation promises that it works.',
      source: {
        document: 'article',
        anchor: 'request-a-callback',
        note: 'The documented way is the preference; the header is not mentioned.',
      },
    },
    'client-submit.custom-api': {
      level: 'MUST',
      basis: 'stated',
      duty: 'the client asks for background execution of custom APIs only: with POST or GET, and never of a table of rows',
      sees: 'a request with `respond-async`',
      why: 'For any other message the preference is ignored or refused, so the client waits for an operation that does not exist.',
    },
    'client-submit.not-in-batch': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'the client does not ask for background execution within a part of a `$batch`',
      sees: 'a `$batch` or a submission',
      why: 'Within a batch the preference has no effect, so the part may run synchronously.',
      source: {
        document: 'odata',
        anchor: 'sec_AsynchronousRequests',
        note: 'the preference is ignored within parts of a batch',
      },
    },
    'client-submit.after-lost-answer': {
      level: 'MAY',
      basis: 'derived',
      duty: 'what the client does when the answer to a submission is lost or is a 5xx',
      sees: 'a submission without an answer',
      why: 'The operation may exist all the same: a client that submits again may have its work done twice.',
      source: {
        document: 'rfc9110',
        anchor: 'section-9.2.2',
        note: 'POST is not idempotent, so it is not repeated without knowing more',
      },
    },
  },
});

/** client-access — with what a client identifies itself, and to whom. */
export const clientAccess = defineClientSection({
  id: 'client-access',
  title: 'Client: credentials',
  source: { document: 'authentication' },
  clauses: {
    'client-access.credentials': {
      level: 'MUST',
      basis: 'stated',
      duty: 'the client authenticates every request to monitor, table and custom API, also those after a callback',
      sees: 'a request to a background operation',
      why: 'The monitor is no public address: without a token its answer is 401, and the result is never read.',
      source: { document: 'article', anchor: 'request-a-callback' },
    },
    'client-access.bearer': {
      level: 'MUST',
      basis: 'stated',
      duty: 'the client sends its access token in `Authorization` with the scheme `Bearer`',
      sees: 'a request with credentials',
      why: 'Dataverse takes no other scheme; a bare token is refused.',
    },
    'client-access.token-not-in-address': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'the client sends no access token in the query of an address',
      sees: 'a request to a background operation',
      why: 'Addresses end up in logs and histories, and the token with them.',
      source: {
        document: 'rfc6750',
        anchor: 'section-2.3',
        note: 'URI query parameters should not be used for tokens',
      },
    },
    'client-access.token-stays': {
      level: 'MUST',
      basis: 'derived',
      duty: 'the client sends its token to the origin of the organization only',
      sees: 'requests of the client to other origins, with headers',
      why: 'Whoever receives the token can act as the user: it must not follow an address of another origin.',
      source: {
        document: 'rfc6750',
        anchor: 'section-5.3',
        note: 'tokens are for the resource server that they were issued for',
      },
    },
  },
});

/** client-poll — how a client waits for the end of an operation. */
export const clientPoll = defineClientSection({
  id: 'client-poll',
  title: 'Client: poll',
  source: { document: 'article', anchor: 'poll-the-status-monitor-resource' },
  clauses: {
    'client-poll.interval': {
      level: 'SHOULD',
      basis: 'stated',
      duty: 'the client polls the status of an operation no more often than once a minute',
      sees: 'two polls of one operation',
      why: 'Polls count towards the service protection limits of the user, and answers do not come faster by them.',
    },
    'client-poll.documented-address': {
      level: 'MUST',
      basis: 'stated',
      duty: "the client reads the monitor at `/api/backgroundoperation/{id}`, the address in the 202's `Location`",
      sees: 'a request to a monitor',
      why: 'Another case or another path is documented nowhere and may be answered 404.',
      source: { document: 'article', anchor: 'manage-background-operations' },
    },
    'client-poll.monitor-methods': {
      level: 'MUST',
      basis: 'stated',
      duty: 'the client calls the monitor with GET and DELETE only',
      sees: 'a request to a monitor',
      why: 'The monitor supports no other method; a cancellation by PATCH belongs to the row.',
    },
    'client-poll.no-query': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'the client adds no OData query options to the address of the monitor',
      sees: 'a request to a monitor',
      why: 'The monitor is no OData resource: a $select there is ignored or refused.',
      source: {
        document: 'article',
        anchor: 'manage-background-operations',
        note: 'The monitor stands outside of the Web API; OData belongs to the table.',
      },
    },
    'client-poll.stops': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'the client stops polling a resource once it has shown a terminal state',
      sees: 'a read that shows a terminal state',
      why: 'A terminal state is final, so every further poll only costs.',
      source: {
        document: 'article',
        anchor: 'manage-background-operations',
        note: 'Completed is the last state.',
      },
    },
    'client-poll.until-terminal': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'a client that polls goes on until it has seen a terminal state, a 404 or a notification',
      sees: 'a poll, and later traffic after ten minutes',
      why: 'An operation that waits for a retry or for its cancellation has not ended: who stops there never learns the result.',
      source: {
        document: 'article',
        anchor: 'retries',
        note: 'A failed attempt is tried again, so states before Completed are passing.',
      },
    },
    'client-poll.gone': {
      level: 'MUST',
      basis: 'derived',
      duty: 'the client takes a 404 of the monitor for the end: it does not poll on',
      sees: 'a monitor that answers 404',
      why: 'After 90 days the operation is deleted; a client that waits for a state waits for ever.',
      source: { document: 'rfc9110', anchor: 'section-15.5.5', note: '404: there is no such resource' },
    },
    'client-poll.columns': {
      level: 'SHOULD',
      basis: 'stated',
      duty: 'a client that polls the table asks by `$select` for `name`, both codes, `outputparameters`, `errorcode` and `errormessage`',
      sees: 'a poll of a row',
      why: 'All columns may hold megabytes of inputs; the six are what the end of an operation can be told by.',
      source: { document: 'article', anchor: 'poll-the-background-operations-table' },
    },
    'client-poll.retry-after': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'the client waits as long as `Retry-After` says before it asks again',
      sees: 'an answer with `Retry-After`',
      why: 'Requests during that time are refused too, and lengthen the time.',
      source: {
        document: 'rfc9110',
        anchor: 'section-10.2.3',
        note: 'how long the user agent ought to wait before a follow-up request',
      },
    },
    'client-poll.next-link': {
      level: 'MUST',
      basis: 'stated',
      duty: 'the client follows `@odata.nextLink` as it is, without changing it',
      sees: 'a page with `@odata.nextLink` that is followed',
      why: 'The link is encoded in a way of its own; a changed one loses rows or is refused.',
      source: { document: 'query' },
    },
    'client-poll.page-size': {
      level: 'SHOULD',
      basis: 'stated',
      duty: 'the client sends the same `odata.maxpagesize` with every page',
      sees: 'a page with `@odata.nextLink` that is followed',
      why: 'The page size is no part of the link: without it the next page has another size.',
      source: { document: 'query' },
    },
    'client-poll.takes-every-answer': {
      level: 'MUST',
      basis: 'derived',
      duty: 'the client works with every answer that the documentation allows',
      sees: "a search with `bgop client-check --freedoms`, which runs the client's tests against many legal targets",
      why: 'Where the documentation is silent a target may decide, and decide anew tomorrow; a client that relies on one choice breaks then.',
      source: {
        document: 'article',
        note: 'Where the documentation leaves something open, no choice can be relied on.',
      },
    },
  },
});
