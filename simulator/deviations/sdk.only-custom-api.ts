import { messages } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { innerMessage } from '../soap-edits.ts';

/** Takes inner messages of a name for those of a custom API without parameters. */
function accepting(name: RegExp) {
  return edit('request', (request) => {
    const inner = innerMessage(request) ?? '';
    return name.test(inner)
      ? { ...request, body: request.body.replace(`>${inner}<`, '>sample_CleanupExportedDataAnnotations<') }
      : request;
  });
}

export default defineDeviations({
  platform: {
    summary: 'starts an operation for a message of the platform',
    behaviour: accepting(new RegExp(`^${messages.whoAmI}$`)),
  },
  unknown: {
    summary: 'starts an operation for a message that does not exist',
    behaviour: accepting(/^bgop_NoSuchApi/),
  },
});
