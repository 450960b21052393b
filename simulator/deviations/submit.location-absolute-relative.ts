import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'submit.location-absolute-relative',
  breaks: 'submit.location-absolute',
  summary: 'gives Location as a path',
  choices: { absoluteLocation: false },
  behaviour: () => ({}),
});
