import { defineDeviations } from '../deviation.ts';
import { editSoapAnswer, soapMessage } from '../soap-edits.ts';

export default defineDeviations({
  'no-detail': {
    summary: 'leaves the detail off its faults',
    behaviour: editSoapAnswer((answer) => ({
      ...answer,
      body: (answer.body ?? '').replace(/<detail>.*<\/detail>/s, ''),
    })),
  },
  'status-400': {
    summary: 'sends the fault of an update that comes too late with the status 400',
    behaviour: editSoapAnswer((answer, request) =>
      answer.status === 500 && soapMessage(request) === 'Update' ? { ...answer, status: 400 } : answer,
    ),
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
