import { edit } from '../decision-edits.ts';
import { editCallbackQuery, editCallbackUrl } from '../delivery-edits.ts';
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
    behaviour: editCallbackUrl((url) =>
      url.replaceAll(/%2[0-9a-f]/gi, (code) =>
        code.toLowerCase() === '%20' ? code : decodeURIComponent(code),
      ),
    ),
  },
  lower: {
    summary: 'writes the callback URL in lower case',
    alsoBreaks: { 'sdk.callback-uri': 'the same callback, asked for through the organization service' },
    behaviour: editCallbackUrl((url) => url.replace(/\?.*$/, (query) => query.toLowerCase())),
  },
  'no-query': {
    summary: 'drops the query of the callback URL',
    alsoBreaks: { 'sdk.callback-uri': 'the same callback, asked for through the organization service' },
    behaviour: editCallbackUrl((url) => url.replace(/\?.*$/, '')),
  },
  plus: {
    summary: 'writes + as %20 in the callback URL',
    behaviour: editCallbackUrl((url) => url.replaceAll('+', '%20')),
  },
  sorted: {
    summary: 'sorts the query of the callback URL',
    alsoBreaks: { 'sdk.callback-uri': 'the same callback, asked for through the organization service' },
    behaviour: editCallbackQuery((query) => query.split('&').sort().join('&')),
  },
  'dot-segments': {
    summary: 'resolves dot segments in the callback URL',
    narrow: true,
    behaviour: editCallbackUrl((url) =>
      url.replace(/^([^?]*)/, (path) => path.replaceAll('/./', '/').replaceAll(/\/[^/]+\/\.\.\//g, '/')),
    ),
  },
  repeated: {
    summary: 'keeps the last of several query parts of a name',
    narrow: true,
    behaviour: editCallbackQuery((query) =>
      [...new Map(query.split('&').map((part) => [part.split('=')[0], part])).values()].join('&'),
    ),
  },
  'empty-parts': {
    summary: 'drops empty query parts from the callback URL',
    narrow: true,
    behaviour: editCallbackQuery((query) =>
      query
        .split('&')
        .filter((part) => part !== '' && !part.endsWith('='))
        .join('&'),
    ),
  },
  escapes: {
    summary: 'writes escapes in the callback URL with capital letters',
    narrow: true,
    behaviour: editCallbackUrl((url) => url.replaceAll(/%[0-9a-f]{2}/g, (code) => code.toUpperCase())),
  },
  unreserved: {
    summary: 'decodes escapes of letters, hyphens and tildes in the callback URL',
    narrow: true,
    behaviour: editCallbackUrl((url) =>
      url.replaceAll(/%(?:7e|2d|5f|4[1-9a-f]|6[1-9a-f])/gi, (code) => decodeURIComponent(code)),
    ),
  },
  slashes: {
    summary: 'joins repeated slashes in the path of the callback URL',
    narrow: true,
    behaviour: editCallbackUrl((url) =>
      url.replace(
        /^(https?:\/\/)([^?]*)/,
        (_all, scheme: string, path: string) => scheme + path.replaceAll(/\/{2,}/g, '/'),
      ),
    ),
  },
  'question-mark': {
    summary: 'escapes a second question mark in the callback URL',
    narrow: true,
    behaviour: editCallbackQuery((query) => query.replaceAll('?', '%3F')),
  },
  apostrophe: {
    summary: 'escapes apostrophes in the callback URL',
    narrow: true,
    behaviour: editCallbackUrl((url) => url.replaceAll("'", '%27')),
  },
  trailing: {
    summary: 'drops a slash at the end of the path of the callback URL',
    narrow: true,
    behaviour: editCallbackUrl((url) => url.replace(/\/(\?|$)/, '$1')),
  },
  bare: {
    summary: 'drops the sign of equality after a name without a value in the callback URL',
    narrow: true,
    behaviour: editCallbackUrl((url) => url.replaceAll(/=(&|$)/g, '$1')),
  },
  failed: {
    summary: 'drops the query of the callback URL after a failure',
    narrow: true,
    behaviour: editCallbackUrl((url, about) =>
      about.operation?.status === 31 ? url.replace(/\?.*$/, '') : url,
    ),
  },
  redelivered: {
    summary: 'drops the query of the callback URL when it delivers again',
    narrow: true,
    behaviour: editCallbackUrl((url, about) => (about.delivery > 1 ? url.replace(/\?.*$/, '') : url)),
  },
  'percent-sign': {
    summary: 'unescapes an escaped percent sign in the callback URL',
    narrow: true,
    behaviour: editCallbackUrl((url) => url.replaceAll('%25', '%')),
  },
  'semicolon-parts': {
    summary: 'takes a semicolon in the query of the callback URL for an ampersand',
    narrow: true,
    behaviour: editCallbackQuery((query) => query.replaceAll(';', '&')),
  },
  'second-equals': {
    summary: 'loses what stands behind the second sign of equality of a query part',
    narrow: true,
    behaviour: editCallbackQuery((query) =>
      query
        .split('&')
        .map((part) => part.split('=').slice(0, 2).join('='))
        .join('&'),
    ),
  },
  'not-utf-8': {
    summary: 'reads escapes in the callback URL as UTF-8, and spoils those that are not',
    narrow: true,
    behaviour: editCallbackUrl((url) =>
      url.replaceAll(/(?:%[89a-f][0-9a-f])+/gi, (run) =>
        encodeURIComponent(Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8')),
      ),
    ),
  },
  'five-hundred': {
    summary: 'cuts the callback URL at 512 characters',
    narrow: true,
    behaviour: editCallbackUrl((url) => url.slice(0, 512)),
  },
});
