import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.on-error-never',
  breaks: 'retry.on-error',
  summary: 'never retries',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
    'retry.three-times': 'the number of retries is another one',
  },
  behaviour: () => ({ retryWait: () => undefined }),
});
