import { editSent } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  array: {
    summary: 'sends the payload as an array of one',
    alsoBreaks: { 'callback.codes': 'no codes can be read from such a payload' },
    behaviour: editSent('callback', (one) => ({ ...one, body: `[${one.body}]` })),
  },
  text: {
    summary: 'sends the payload as a JSON string',
    alsoBreaks: { 'callback.codes': 'no codes can be read from such a payload' },
    behaviour: editSent('callback', (one) => ({ ...one, body: JSON.stringify(one.body) })),
  },
  'byte-order-mark': {
    summary: 'begins the payload with a byte order mark',
    narrow: true,
    behaviour: editSent('callback', (one) => ({ ...one, body: `\uFEFF${one.body}` })),
  },
  characters: {
    summary: 'counts characters for bytes, so that a payload that is not ASCII loses its end',
    narrow: true,
    behaviour: editSent('callback', (sent) => ({
      ...sent,
      body: new TextDecoder().decode(new TextEncoder().encode(sent.body).slice(0, sent.body.length)),
    })),
  },
});
