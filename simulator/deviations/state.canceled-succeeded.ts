import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'state.canceled-succeeded',
  breaks: 'state.canceled',
  summary: 'ends as succeeded when it was canceled before it started',
  behaviour: () => ({ canceledIdle: () => pairs.succeeded }),
});
