import { headers, paths } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withHeader } from '../edit.ts';

export default defineDeviations({
  callback: {
    summary: 'gives the id of the callback in the header where one was asked for',
    behaviour: edit('answer', (answer, _request, about) => {
      if (answer.status !== 202 || about.operation?.callbackUrl === undefined) return answer;
      return withHeader(answer, headers.operationId, crypto.randomUUID());
    }),
  },
  'monitor-id': {
    summary: 'gives the monitor an id of its own in Location',
    alsoBreaks: { 'callback.accepted-body': 'the body names the monitor by the operation’s id' },
    behaviour: (contract) => {
      const operations = new Map<string, string>();
      return {
        request: (request, situation) => {
          const read = contract.request(request, situation);
          const id = operations.get(read.path.slice(paths.monitor.length));
          return id === undefined ? read : { ...read, path: `${paths.monitor}${id}` };
        },
        acceptedHeaders: (operation, location, situation) => {
          const own = crypto.randomUUID();
          operations.set(own, operation.id);
          return contract.acceptedHeaders(operation, location.replace(operation.id, own), situation);
        },
      };
    },
  },
  'request-id': {
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
    behaviour: edit('acceptedHeaders', (fields) =>
      fields.map(([name, value]) => [name, name === headers.operationId ? crypto.randomUUID() : value]),
    ),
  },
});
