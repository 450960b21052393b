import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  any: {
    summary: 'lets synchronous steps be registered',
    behaviour: () => ({ allowsStep: () => true }),
  },
});
