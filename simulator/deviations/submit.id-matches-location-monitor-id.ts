import { paths } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'submit.id-matches-location-monitor-id',
  breaks: 'submit.id-matches-location',
  summary: 'gives the monitor an id of its own in Location',
  alsoBreaks: {
    'callback.accepted-body': 'the body names the monitor by the operation’s id',
  },
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
});
