import { withHeader, withoutHeader } from '../edit.ts';
import { headers } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  beside: {
    summary:
      'says that it applied the annotation preference, and nothing of respond-async, where both are sent',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) =>
      answer.status === 202 &&
      about.operation?.callbackUrl === undefined &&
      /annotations/.test(request.prefer.join())
        ? withHeader(answer, headers.preferenceApplied, 'odata.include-annotations="*"')
        : answer,
    ),
  },
  callback: {
    summary: 'says that it applied a callback although none was asked for',
    behaviour: edit('acceptedHeaders', (fields) =>
      fields.map(([name, value]) => [name, name === headers.preferenceApplied ? 'callback' : value]),
    ),
  },
  missing: {
    summary: 'does not say which preference it applied',
    behaviour: edit('acceptedHeaders', (fields, operation) =>
      fields.filter(([name]) => name !== headers.preferenceApplied || operation.callbackUrl !== undefined),
    ),
  },
  inputs: {
    summary: 'says nothing of the preference where the inputs hold a payload',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) =>
      about.resource === 'submit' &&
      answer.status === 202 &&
      about.operation?.callbackUrl === undefined &&
      request.body.length > 1_000
        ? withoutHeader(answer, 'Preference-Applied')
        : answer,
    ),
  },
  several: {
    summary: 'says nothing of the preference where Prefer comes in several fields',
    behaviour: edit('answer', (answer, request, about) =>
      answer.status === 202 && request.prefer.length > 1 && about.operation?.callbackUrl === undefined
        ? withoutHeader(answer, 'Preference-Applied')
        : answer,
    ),
  },
});
