import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  comma: {
    summary: 'cuts the url of a callback at its first comma',
    behaviour: edit('preferences', (read) => ({ ...read, callbackUrl: read.callbackUrl?.split(',', 1)[0] })),
  },
  equals: {
    summary: 'cuts the url of a callback at its first equals sign',
    alsoBreaks: { 'callback.url-verbatim': 'a signature that is cut off does not reach the receiver' },
    behaviour: edit('preferences', (read) => ({ ...read, callbackUrl: read.callbackUrl?.split('=', 1)[0] })),
  },
  semicolon: {
    summary: 'cuts the url of a callback at its first semicolon',
    behaviour: edit('preferences', (read) => ({ ...read, callbackUrl: read.callbackUrl?.split(';', 1)[0] })),
  },
  'quoted-pair': {
    summary: 'keeps the backslash of a quoted pair in the callback URL',
    narrow: true,
    behaviour: edit('preferences', (read, request) => {
      const raw = /url="((?:[^"\\]|\\.)*)"/i.exec(request.prefer.join(','))?.[1];
      return raw?.includes('\\') === true ? { ...read, callbackUrl: raw.replaceAll('\\', '%5C') } : read;
    }),
  },
});
