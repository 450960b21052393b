import { paths } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.only-get-and-delete-patch-cancels',
  breaks: 'monitor.only-get-and-delete',
  summary: 'takes a PATCH of the monitor for a cancellation',
  alsoBreaks: {
    'monitor.method-not-allowed': 'PATCH is not a method that it refuses',
  },
  behaviour: (contract) => ({
    request: (request, situation) => {
      const read = contract.request(request, situation);
      const taken = read.method === 'PATCH' && read.path.startsWith(paths.monitor);
      return taken ? { ...read, method: 'DELETE' } : read;
    },
  }),
});
