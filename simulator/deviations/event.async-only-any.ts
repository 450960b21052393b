import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.async-only-any',
  breaks: 'event.async-only',
  summary: 'lets synchronous steps be registered',
  behaviour: () => ({ allowsStep: () => true }),
});
