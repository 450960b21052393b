import { table } from '../../contract/vocabulary.ts';
import { defineDeviations } from '../deviation.ts';
import { editSoap, editSoapAnswer, isExecute, soapMessage } from '../soap-edits.ts';

/** Knows a message in one of its two ways only. */
function unknownBy(message: string, execute: boolean) {
  return editSoapAnswer((answer, request) =>
    soapMessage(request) === message && isExecute(request) === execute
      ? { ...answer, status: 500, body: (answer.body ?? '').replace(/<s:Body.*<\/s:Body>/s, fault) }
      : answer,
  );
}

const fault =
  '<s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>It is not known.</faultstring></s:Fault></s:Body>';

export default defineDeviations({
  untyped: {
    summary: 'does not name the class of the result of Execute',
    behaviour: editSoap('Retrieve', (xml) => xml.replace(/(<ExecuteResult) i:type="[^"]*"/, '$1')),
  },
  'update-untyped': {
    summary: 'does not name the class of the result of an Update by Execute',
    behaviour: editSoap('Update', (xml) => xml.replace(/(<ExecuteResult) i:type="[^"]*"/, '$1')),
  },
  'other-class': {
    summary: 'names the base class of every result',
    behaviour: editSoap('Retrieve', (xml) => xml.replace('a:RetrieveResponse', 'a:OrganizationResponse')),
  },
  'no-update-by-execute': {
    summary: 'knows Update as an operation only',
    behaviour: unknownBy('Update', true),
  },
  'late-update': {
    summary: 'refuses an Update of what has ended with other words where it comes by Execute',
    behaviour: editSoapAnswer((answer, request) =>
      soapMessage(request) === 'Update' && isExecute(request)
        ? { ...answer, body: answer.body?.replaceAll('Canceling background operation is not', 'This is not') }
        : answer,
    ),
  },
  'attribute-order': {
    summary: 'refuses an Update whose status stands before the state',
    narrow: true,
    behaviour: editSoapAnswer((answer, request) =>
      soapMessage(request) === 'Update' &&
      request.body.indexOf(table.status) < request.body.indexOf(table.state)
        ? { ...answer, status: 500, body: (answer.body ?? '').replace(/<s:Body.*<\/s:Body>/s, fault) }
        : answer,
    ),
  },
});
