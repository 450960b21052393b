import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'state.waiting-in-progress',
  breaks: 'state.waiting',
  summary: 'shows an accepted operation as in progress before its first attempt',
  behaviour: () => ({ waiting: () => pairs.inProgress }),
});
