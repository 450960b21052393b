import { headers } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'submit.id-matches-location-request-id',
  breaks: 'submit.id-matches-location',
  summary: 'gives the id of the request instead of the operation’s in the header',
  alsoBreaks: {
    'table.paging': 'the pages do not have the rows that they should',
    'event.independent-of-callback': 'whether the event comes depends on more than the completion',
    'event.on-cancel': 'the event that is owed after a cancellation does not come',
    'event.each-completion': 'the event does not come after every completion',
    'cancel.terminal-message': 'what is not refused has no message',
    'callback.location': 'the location is not where it is documented',
    'callback.id': 'the id is not where it is documented',
  },
  behaviour: (contract) => ({
    acceptedHeaders: (operation, location, situation) =>
      contract
        .acceptedHeaders(operation, location, situation)
        .map(([name, value]) => [name, name === headers.operationId ? crypto.randomUUID() : value]),
  }),
});
