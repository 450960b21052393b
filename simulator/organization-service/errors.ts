import type { ApiError } from '../web-api/errors.ts';

/** Errors that only the organization service has; all others are those of the Web API's catalogue. */
export const serviceErrors = {
  badXml: (why: string): ApiError => badMessage(`The message cannot be read as XML. ${why}`),
  notSoap: (why: string): ApiError => badMessage(`The message is not a SOAP 1.1 envelope. ${why}`),
  notXmlType: (found: string): ApiError => ({
    status: 415,
    code: '',
    message: `A message has to be SOAP 1.1: expected Content-Type text/xml; charset=utf-8, got '${shown(found)}'.`,
  }),
  /** NotImplemented: part of Dataverse, not of this simulator. */
  notServed: (what: string): ApiError => ({
    status: 400,
    code: '0x80040219',
    message: `The simulator does not serve ${shown(what)}.`,
  }),
  noAttribute: (entity: string, name: string): ApiError => ({
    status: 400,
    code: '0x80041103',
    message: `'${entity}' entity doesn't contain attribute with Name = '${shown(name)}'.`,
  }),
  wrongValue: (name: string, expected: string): ApiError => ({
    status: 400,
    code: '0x80040203',
    message: `The value of '${shown(name)}' is not of the expected type ${expected}.`,
  }),
};

function badMessage(message: string): ApiError {
  return { status: 400, code: '0x80040203', message };
}

/** What a client sent, as it can stand in a message. */
function shown(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);
}
