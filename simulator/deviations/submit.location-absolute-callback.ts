import type { Operation } from '../core/operation.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'submit.location-absolute-callback',
  breaks: 'submit.location-absolute',
  summary: 'leaves the origin out of Location where a callback was asked for',
  behaviour: (contract) => {
    const cut = ({ callbackUrl, origin }: Operation, location: string): string =>
      callbackUrl === undefined ? location : location.slice(origin.length);
    return {
      acceptedHeaders: (operation, location, situation) =>
        contract.acceptedHeaders(operation, cut(operation, location), situation),
      acceptedBody: (operation, location, situation) =>
        contract.acceptedBody(operation, cut(operation, location), situation),
    };
  },
});
