import { headers } from '../../contract/vocabulary.ts';
import { defineDeviations, type Variants } from '../deviation.ts';
import type { PlainRequest } from '../plain.ts';

/** A fragment is never sent: it marks the addresses that are called once too often. */
const mark = '#asked-by-header';

const callsTwice = (summary: string, when: (request: PlainRequest) => boolean): Variants[string] => ({
  summary,
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const read = contract.preferences(request, situation);
      const marked = read.callbackUrl !== undefined && request.headers[headers.callbackUrl] !== undefined;
      return marked && when(request) ? { ...read, callbackUrl: `${read.callbackUrl}${mark}` } : read;
    },
    outbound: (request, about) =>
      contract
        .outbound(request, about)
        .flatMap((sent) =>
          sent.url.endsWith(mark)
            ? [1, 2].map(() => ({ ...sent, url: sent.url.slice(0, -mark.length) }))
            : [sent],
        ),
  }),
});

const names = (preference: string) => (request: PlainRequest) =>
  request.prefer.some((field) => field.includes(preference));

export default defineDeviations({
  header: callsTwice(
    'calls the address of the connector’s header when the operation ends, and again for the flow',
    (request) => !names('odata.callback')(request),
  ),
  'both-ways': callsTwice(
    'takes header and preference for two requests of a callback',
    names('odata.callback'),
  ),
});
