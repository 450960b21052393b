import { defineDeviations } from '../deviation.ts';
import { editSoap } from '../soap-edits.ts';

export default defineDeviations({
  vague: {
    summary: 'does not say which row it did not find',
    behaviour: editSoap('Retrieve', (xml) =>
      xml.replaceAll(/Could not find item '[^']*'/g, 'Could not find the item'),
    ),
  },
});
