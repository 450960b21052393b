import { defineDeviations } from '../deviation.ts';
import { editSoapAnswer } from '../soap-edits.ts';

export default defineDeviations({
  'no-detail': {
    summary: 'leaves the detail off its faults',
    behaviour: editSoapAnswer((answer) => ({
      ...answer,
      body: (answer.body ?? '').replace(/<detail>.*<\/detail>/s, ''),
    })),
  },
  'status-200': {
    summary: 'sends faults with the status 200',
    behaviour: editSoapAnswer((answer) => ({ ...answer, status: 200 })),
  },
  'no-timestamp': {
    summary: 'does not say when a fault happened',
    behaviour: editSoapAnswer((answer) => ({
      ...answer,
      body: (answer.body ?? '').replace(/<Timestamp>[^<]*<\/Timestamp>/, ''),
    })),
  },
});
