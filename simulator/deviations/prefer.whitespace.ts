import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'before-comma': {
    summary: 'trims names on the left only',
    behaviour: edit('preferences', (read, request) => {
      const untrimmed = request.prefer.some((field) => /respond-async\s+(?:[,;]|$)/i.test(field));
      return untrimmed ? { ...read, respondAsync: false } : read;
    }),
  },
  equals: {
    summary: 'does not find url with a space before or behind its equals sign',
    behaviour: edit('preferences', (read, request) => {
      const tight = /[;\s]url="/i.test(request.prefer.join());
      return tight ? read : { ...read, callbackUrl: undefined };
    }),
  },
  required: {
    summary: 'splits at a comma or semicolon with a space behind it only',
    behaviour: edit('preferences', (read, request) => {
      const spaced = request.prefer.every((field) => !/[,;](?! |$)(?=(?:[^"]*"[^"]*")*[^"]*$)/.test(field));
      return { ...read, ...(spaced ? {} : { respondAsync: false }) };
    }),
  },
  tabs: {
    summary: 'takes spaces for white space, and tabs for part of a name',
    behaviour: edit('preferences', (read, request) =>
      request.prefer.some((field) => field.includes('\t')) ? { ...read, respondAsync: false } : read,
    ),
  },
});
