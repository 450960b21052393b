import { messages } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { innerMessage } from '../soap-edits.ts';

const cleanUp = 'sample_CleanupExportedDataAnnotations';

/** Takes inner requests of a name for those of a custom API without parameters. */
function accepting(name: RegExp) {
  return edit('request', (request) =>
    name.test(innerMessage(request) ?? '')
      ? {
          ...request,
          body: request.body.replace(
            /("(\w+):\w*Request"[^>]*>).*(<\/\w+:value>)/s,
            `$1<$2:Parameters/><$2:RequestName>${cleanUp}</$2:RequestName>$3`,
          ),
        }
      : request,
  );
}

export default defineDeviations({
  itself: {
    summary: 'starts an operation for what is to start another',
    narrow: true,
    behaviour: accepting(new RegExp(`^${messages.execute}$`)),
  },
  platform: {
    summary: 'starts an operation for a message of the platform',
    behaviour: accepting(new RegExp(`^${messages.whoAmI}$`)),
  },
  unknown: {
    summary: 'starts an operation for a message that does not exist',
    behaviour: accepting(/^bgop_NoSuchApi/),
  },
});
