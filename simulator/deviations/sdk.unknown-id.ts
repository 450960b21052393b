import { errorCodes } from '../../contract/vocabulary.ts';
import { defineDeviations } from '../deviation.ts';
import type { PlainAnswer } from '../plain.ts';
import { editSoap, editSoapAnswer, executed, isExecute, soapMessage, withFaultCode } from '../soap-edits.ts';

export default defineDeviations({
  'other-code': {
    summary: 'says of an unknown row what it says of those of other tables',
    behaviour: editSoap('Retrieve', (xml, { operation }) =>
      operation === undefined ? withFaultCode(xml, errorCodes.objectDoesNotExist) : xml,
    ),
  },
  'as-hexadecimal': {
    summary: 'gives the code as the Web API writes it',
    alsoBreaks: { 'sdk.fault-shape': 'a code in hexadecimal is no integer' },
    behaviour: editSoap('Retrieve', (xml) => xml.replace(/<ErrorCode>[^<]*</, '<ErrorCode>0x80048d02<')),
  },
  'nothing-found': {
    summary: 'answers Execute with no row where none is there',
    behaviour: editSoapAnswer((answer, request, { operation }) =>
      soapMessage(request) === 'Retrieve' && isExecute(request) && operation === undefined
        ? executed(answer, '')
        : answer,
    ),
  },
  expired: {
    summary: 'gives rows from a cache that outlive their time',
    narrow: true,
    behaviour: (contract) => {
      const cache = new Map<string, PlainAnswer>();
      return {
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(request.body)?.[0];
          if (soapMessage(request) !== 'Retrieve' || isExecute(request) || id === undefined) return given;
          if (given.status === 200) cache.set(id, given);
          return cache.get(id) ?? given;
        },
      };
    },
  },
});
