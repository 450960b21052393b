import { paths, table } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

const below = `${paths.webApi('v9.2')}${table.entity}/`;

export default defineDeviation({
  name: 'submit.location-below-web-api',
  breaks: 'submit.location',
  summary: 'puts the monitor below the root of the Web API',
  behaviour: (contract) => ({
    request: (request, situation) => {
      const read = contract.request(request, situation);
      return { ...read, path: read.path.replace(below, paths.monitor) };
    },
    acceptedHeaders: (operation, location, situation) =>
      contract.acceptedHeaders(operation, location.replace(paths.monitor, below), situation),
    acceptedBody: (operation, location, situation) =>
      contract.acceptedBody(operation, location.replace(paths.monitor, below), situation),
  }),
});
