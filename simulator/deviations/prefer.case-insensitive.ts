import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  callback: {
    summary: 'knows odata.callback in lower case only',
    behaviour: edit('preferences', (read, request) => {
      const callbackUrl = request.prefer.join().includes('odata.callback') ? read.callbackUrl : undefined;
      return { ...read, callbackUrl };
    }),
  },
  'lower-only': {
    summary: 'knows respond-async in lower case only',
    behaviour: edit('preferences', (read, request) => {
      const respondAsync =
        read.respondAsync && request.prefer.some((field) => field.includes('respond-async'));
      return { ...read, respondAsync };
    }),
  },
  parameter: {
    summary: 'knows the parameter url in lower case only',
    behaviour: edit('preferences', (read, request) => {
      const callbackUrl = /[;\s]url\s*=/.test(request.prefer.join()) ? read.callbackUrl : undefined;
      return { ...read, callbackUrl };
    }),
  },
  annotations: {
    summary: 'knows odata.include-annotations in lower case only',
    narrow: true,
    behaviour: edit('preferences', (read, request) =>
      request.prefer.join().includes('odata.include-annotations')
        ? read
        : { ...read, annotations: undefined },
    ),
  },
});
