import { members } from '../../contract/vocabulary.ts';
import { edit, monitorWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withoutMembers } from '../edit.ts';

export default defineDeviations({
  hexadecimal: {
    summary: 'writes the error code as errors of the Web API have it',
    alsoBreaks: { 'sdk.retrieve': 'the same operation, seen through the organization service' },
    behaviour: edit('monitor', (monitor, operation) => {
      const { errorCode } = operation;
      if (errorCode === undefined) return monitor;
      return { ...monitor, [members.errorCode]: `0x${(errorCode >>> 0).toString(16).padStart(8, '0')}` };
    }),
  },
  nested: {
    summary: 'puts code and message of a failure into an object of their own',
    alsoBreaks: {
      'sdk.retrieve': 'the same operation, seen through the organization service',
      'error.message': 'the message is not the error’s own any more',
    },
    behaviour: edit('monitor', (monitor) => {
      const { [members.errorCode]: code, [members.errorMessage]: message, ...others } = monitor;
      return code === undefined ? others : { ...others, error: { code, message } };
    }),
  },
  'no-message': {
    summary: 'keeps the message of an error to itself',
    alsoBreaks: {
      'sdk.retrieve': 'the same operation, seen through the organization service',
      'error.message': 'the message is not the error’s own any more',
    },
    behaviour: edit('monitor', (monitor) => withoutMembers(monitor, members.errorMessage)),
  },
  'zero-left-out': {
    summary: 'leaves out an error code of 0',
    alsoBreaks: { 'sdk.retrieve': 'the same operation, seen through the organization service' },
    behaviour: edit('monitor', (monitor) => {
      const { [members.errorCode]: code, ...others } = monitor;
      return code === 0 ? others : monitor;
    }),
  },
  canceled: {
    summary: 'shows no error where a canceled operation failed',
    alsoBreaks: {
      'error.same-everywhere': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: monitorWhere(
      (o) => o.status === 31 && o.canceled,
      (_shown, o, contract) => contract({ ...o, errorCode: undefined }),
    ),
  },
  empty: {
    summary: 'leaves out an error whose message is empty',
    alsoBreaks: {
      'error.same-everywhere': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: monitorWhere(
      (o) => o.status === 31 && o.errorMessage === '',
      (_shown, o, contract) => contract({ ...o, errorCode: undefined }),
    ),
  },
});
