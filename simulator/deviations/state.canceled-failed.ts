import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'state.canceled-failed',
  breaks: 'state.canceled',
  summary: 'ends as failed when it was canceled before it started',
  behaviour: () => ({ canceledIdle: () => pairs.failed }),
});
