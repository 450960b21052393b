import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.no-retry-platform',
  breaks: 'cancel.no-retry',
  summary: 'retries an attempt of a canceled operation that fails with an error of the platform',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
  },
  choices: { retryPlatformErrors: true },
  behaviour: (contract) => {
    const again = new Set<string>();
    return {
      retryWait: (operation, failure, situation) => {
        const platform = failure.kind === 'platform' && operation.canceled;
        if (!platform) return contract.retryWait(operation, failure, situation);
        again.add(operation.id);
        return contract.retryWait({ ...operation, canceled: false }, failure, situation);
      },
      begins: (operation, situation) => again.has(operation.id) || contract.begins(operation, situation),
    };
  },
});
