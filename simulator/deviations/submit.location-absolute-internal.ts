import { defineDeviation } from '../deviation.ts';

const internal = 'http://dataverse.internal:8080';

export default defineDeviation({
  name: 'submit.location-absolute-internal',
  breaks: 'submit.location-absolute',
  summary: 'gives Location on the host behind its reverse proxy',
  behaviour: (contract) => ({
    acceptedHeaders: (operation, location, situation) =>
      contract.acceptedHeaders(operation, location.replace(operation.origin, internal), situation),
    acceptedBody: (operation, location, situation) =>
      contract.acceptedBody(operation, location.replace(operation.origin, internal), situation),
  }),
});
