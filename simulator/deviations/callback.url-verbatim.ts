import { edit, editSent } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  canceled: {
    summary: 'drops the query of the callback URL after a cancellation',
    behaviour: edit('outbound', (requests, _request, about) =>
      requests.map((one) =>
        one.purpose === 'callback' && about.operation?.status === 32
          ? { ...one, url: one.url.replace(/\?.*$/, '') }
          : one,
      ),
    ),
  },
  decoded: {
    summary: 'decodes what is percent-encoded in the callback URL',
    alsoBreaks: { 'sdk.callback-uri': 'the same callback, asked for through the organization service' },
    behaviour: editSent('callback', (one) => ({
      ...one,
      url: one.url.replaceAll(/%2[0-9a-f]/gi, (code) =>
        code.toLowerCase() === '%20' ? code : decodeURIComponent(code),
      ),
    })),
  },
  lower: {
    summary: 'writes the callback URL in lower case',
    alsoBreaks: { 'sdk.callback-uri': 'the same callback, asked for through the organization service' },
    behaviour: editSent('callback', (one) => ({
      ...one,
      url: one.url.replace(/\?.*$/, (query) => query.toLowerCase()),
    })),
  },
  'no-query': {
    summary: 'drops the query of the callback URL',
    alsoBreaks: { 'sdk.callback-uri': 'the same callback, asked for through the organization service' },
    behaviour: editSent('callback', (one) => ({ ...one, url: one.url.replace(/\?.*$/, '') })),
  },
  plus: {
    summary: 'writes + as %20 in the callback URL',
    behaviour: editSent('callback', (one) => ({ ...one, url: one.url.replaceAll('+', '%20') })),
  },
  sorted: {
    summary: 'sorts the query of the callback URL',
    alsoBreaks: { 'sdk.callback-uri': 'the same callback, asked for through the organization service' },
    behaviour: editSent('callback', (one) => ({
      ...one,
      url: one.url.replace(/\?(.*)$/, (_whole, query: string) => `?${query.split('&').sort().join('&')}`),
    })),
  },
});
