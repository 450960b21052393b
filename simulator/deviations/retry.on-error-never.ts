import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.on-error-never',
  breaks: 'retry.on-error',
  summary: 'never retries',
  behaviour: () => ({ retryWait: () => undefined }),
});
