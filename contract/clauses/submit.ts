import { defineSection } from '../clause.ts';

/** submit — Request asynchronous processing. */
export const submit = defineSection({
  id: 'submit',
  title: 'Request asynchronous processing',
  source: { document: 'article', anchor: 'request-asynchronous-processing' },
  clauses: {
    'submit.accepted': {
      level: 'MUST',
      basis: 'shown',
      duty: 'POST of a custom API with `Prefer: respond-async` answers 202',
      needs: ['probe'],
    },
    'submit.location': {
      level: 'MUST',
      basis: 'stated',
      duty: '`Location` names the monitor: path `/api/backgroundoperation/{id}`, not the row',
      needs: ['probe'],
    },
    'submit.location-absolute': {
      level: 'SHOULD',
      basis: 'shown',
      duty: "`Location` is an absolute URL on the organization's origin",
      needs: ['probe'],
    },
    'submit.id-header': {
      level: 'MUST',
      basis: 'stated',
      duty: '`x-ms-dyn-backgroundoperationid` carries the id',
      needs: ['probe'],
    },
    'submit.id-is-guid': {
      level: 'MUST',
      basis: 'stated',
      duty: 'the id is a GUID',
      needs: ['probe'],
    },
    'submit.id-matches-location': {
      level: 'MUST',
      basis: 'shown',
      duty: "the header's id and the id in `Location` are the same",
      needs: ['probe'],
    },
    'submit.id-unique': {
      level: 'MUST',
      basis: 'derived',
      duty: 'no two submissions share an id (it is the primary key), concurrent ones included',
      needs: ['probe'],
    },
    'submit.preference-applied': {
      level: 'MUST',
      basis: 'shown',
      duty: '`Preference-Applied: respond-async` when no callback was asked for',
      needs: ['probe'],
    },
    'submit.row-exists': {
      level: 'MUST',
      basis: 'stated',
      duty: 'the id is a row of `backgroundoperations` within 5 s (elastic tables are eventually consistent)',
      needs: ['probe', 'table'],
    },
    'submit.monitor-exists': {
      level: 'MUST',
      basis: 'stated',
      duty: 'GET of `Location` answers 200',
      needs: ['probe'],
    },
    'submit.does-not-wait': {
      level: 'MUST',
      basis: 'stated',
      duty: 'the 202 comes although the custom API has not finished',
      needs: ['probe'],
    },
    'submit.failure-is-accepted': {
      level: 'MUST',
      basis: 'derived',
      duty: 'a custom API that will fail is accepted with 202 all the same',
      needs: ['probe'],
    },
    'submit.only-custom-api': {
      level: 'MUST',
      basis: 'derived',
      duty: 'a message that is no custom API never becomes an operation: no 202, no id header, no row',
      needs: [],
    },
    'submit.other-message-answer': {
      level: 'MAY',
      basis: 'derived',
      duty: 'whether such a call is refused or runs synchronously (10.16)',
      needs: [],
    },
    'submit.synchronous-without-preference': {
      level: 'MUST',
      basis: 'derived',
      duty: 'without `respond-async` the same call runs synchronously: 200 with the outputs, no id header, no operation (OData 11.6: without the preference a service must not answer 202)',
      needs: ['probe'],
    },
    'submit.invalid-parameter-refused': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'an unknown or wrongly typed parameter is answered 400 at once and creates no operation',
      needs: ['probe'],
    },
    'submit.synchronous-not-retried': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'a synchronous call that fails makes one attempt and answers with the error',
      needs: ['probe'],
    },
    'submit.survives-disconnect': {
      level: 'MUST',
      basis: 'stated',
      duty: 'the operation completes although the client disconnects right after the 202 (no persistent connection is needed)',
      needs: ['probe'],
    },
    'submit.burst': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'all of 200 operations submitted at once complete, each with its own outputs',
      needs: ['probe'],
    },
    'submit.no-body': {
      level: 'MAY',
      basis: 'shown',
      duty: 'whether the 202 without a callback has a body (article: none)',
      needs: ['probe'],
    },
    'submit.retry-after': {
      level: 'MAY',
      basis: 'derived',
      duty: 'whether the 202 carries `Retry-After`',
      needs: ['probe'],
    },
  },
});
