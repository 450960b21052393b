import { paths } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.only-get-and-delete-post-reads',
  breaks: 'monitor.only-get-and-delete',
  summary: 'answers a POST of the monitor as a GET',
  alsoBreaks: {
    'monitor.method-not-allowed': 'POST is not a method that it refuses',
  },
  behaviour: (contract) => ({
    request: (request, situation) => {
      const read = contract.request(request, situation);
      const taken = read.method === 'POST' && read.path.startsWith(paths.monitor);
      return taken ? { ...read, method: 'GET' } : read;
    },
  }),
});
