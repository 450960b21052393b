import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editJson } from '../edit.ts';

export default defineDeviations({
  hidden: {
    summary: 'does not list the event among the custom APIs',
    behaviour: edit('answer', (answer, request) =>
      request.path.endsWith('/customapis') ? editJson(answer, (json) => ({ ...json, value: [] })) : answer,
    ),
  },
});
