import { editLocation } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

const internal = 'http://dataverse.internal:8080';

export default defineDeviations({
  callback: {
    summary: 'leaves the origin out of Location where a callback was asked for',
    behaviour: editLocation((location, { callbackUrl, origin }) =>
      callbackUrl === undefined ? location : location.slice(origin.length),
    ),
  },
  internal: {
    summary: 'gives Location on the host behind its reverse proxy',
    behaviour: editLocation((location, { origin }) => location.replace(origin, internal)),
  },
  relative: {
    summary: 'gives Location as a path',
    choices: { absoluteLocation: false },
    behaviour: () => ({}),
  },
});
