import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'state.canceled-stays',
  breaks: 'state.canceled',
  summary: 'stays canceling for ever when it was canceled before it started',
  behaviour: () => ({ canceledIdle: () => pairs.canceling }),
});
