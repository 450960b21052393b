import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.not-terminal-between-failed',
  breaks: 'retry.not-terminal-between',
  summary: 'shows a failed attempt as the end, and retries all the same',
  behaviour: () => ({ betweenAttempts: () => pairs.failed }),
});
