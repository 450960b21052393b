import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  ascii: {
    summary: 'replaces what is not ASCII by question marks',
    behaviour: edit('reportedError', (error) => ({
      ...error,
      message: error.message.replaceAll(/[^\x20-\x7e]/gu, '?'),
    })),
  },
  hidden: {
    summary: 'hides the message of custom code',
    alsoBreaks: { 'retry.last-error': 'the message at the end is not that of the last error' },
    behaviour: edit('reportedError', (error, failure) =>
      failure.kind === 'other' ? { ...error, message: 'An unexpected error occurred from ISV code.' } : error,
    ),
  },
  prefixed: {
    summary: 'puts words of its own before the message',
    behaviour: edit('reportedError', (error) => ({
      ...error,
      message: `An error occurred: ${error.message}`,
    })),
  },
  truncated: {
    summary: 'cuts messages at 100 characters',
    behaviour: edit('reportedError', (error) => ({ ...error, message: error.message.slice(0, 100) })),
  },
  trimmed: {
    summary: 'trims white space off messages',
    narrow: true,
    behaviour: edit('reportedError', (error) => ({ ...error, message: error.message.trim() })),
  },
  secrets: {
    summary: 'masks what looks like a password in messages',
    narrow: true,
    behaviour: edit('reportedError', (error) => ({
      ...error,
      message: error.message.replaceAll(/(password|sig|code)=[^&]*/g, '$1=***'),
    })),
  },
  control: {
    summary: 'leaves control characters out of messages',
    narrow: true,
    behaviour: edit('reportedError', (error) => ({
      ...error,
      message: error.message.replaceAll(/\p{Cc}/gu, ''),
    })),
  },
  line: {
    summary: 'keeps the first line of a message only',
    narrow: true,
    behaviour: edit('reportedError', (error) => ({ ...error, message: error.message.split('\n')[0] ?? '' })),
  },
  markup: {
    summary: 'escapes markup in messages',
    narrow: true,
    behaviour: edit('reportedError', (error) => ({
      ...error,
      message: error.message.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
    })),
  },
  thousand: {
    summary: 'cuts messages at 1,024 characters',
    narrow: true,
    behaviour: edit('reportedError', (error) => ({ ...error, message: error.message.slice(0, 1_024) })),
  },
  composed: {
    summary: 'composes the characters of messages (Unicode NFC)',
    narrow: true,
    behaviour: edit('reportedError', (error) => ({ ...error, message: error.message.normalize('NFC') })),
  },
  placeholders: {
    summary: 'takes braces in messages for placeholders',
    narrow: true,
    behaviour: edit('reportedError', (error) => ({
      ...error,
      message: error.message.replaceAll(/\{\d+\}/g, ''),
    })),
  },
  moment: {
    summary: 'gives all operations that fail in the same millisecond one message',
    alsoBreaks: { 'retry.last-error': 'the same mistake is seen there as well' },
    narrow: true,
    behaviour: (contract) => {
      let last = { at: -1, message: '' };
      return {
        reportedError: (failure, o, situation) => {
          const error = contract.reportedError(failure, o, situation);
          if (last.at !== situation.now) last = { at: situation.now, message: error.message };
          return { ...error, message: last.message };
        },
      };
    },
  },
  nul: {
    summary: 'cuts messages at U+0000',
    narrow: true,
    behaviour: edit('reportedError', (error) => ({ ...error, message: error.message.split('\0')[0] ?? '' })),
  },
  noncharacters: {
    summary: 'leaves U+FFFE and U+FFFF out of messages',
    narrow: true,
    behaviour: edit('reportedError', (error) => ({
      ...error,
      message: error.message.replaceAll(/[\uFFFE\uFFFF]/g, ''),
    })),
  },
  separators: {
    summary: 'writes the line and paragraph separators in messages as line feeds',
    narrow: true,
    behaviour: edit('reportedError', (error) => ({
      ...error,
      message: error.message.replaceAll(/[\u0085\u2028\u2029]/g, '\n'),
    })),
  },
  exact: {
    summary: 'loses the last character of a message of exactly 1,024 characters',
    narrow: true,
    behaviour: edit('reportedError', (error) => ({
      ...error,
      message: error.message.length === 1_024 ? error.message.slice(0, -1) : error.message,
    })),
  },
});
