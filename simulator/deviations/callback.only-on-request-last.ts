import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.only-on-request-last',
  breaks: 'callback.only-on-request',
  summary: 'calls back at the last known address for every operation',
  behaviour: (contract) => {
    let known: string | undefined;
    return {
      accepted: (operation, situation) => {
        const accepted = contract.accepted(operation, situation);
        known = accepted.callbackUrl ?? known;
        return known === undefined ? accepted : { ...accepted, callbackUrl: known };
      },
    };
  },
});
