import type { PlainAnswer } from '../plain.ts';
import { headerOf } from '../plain.ts';
import type { Handled } from '../web-api/call.ts';
import type { ApiError } from '../web-api/errors.ts';
import { errorAnswer } from '../web-api/errors.ts';
import { namespaces } from './namespaces.ts';
import { pair } from './value-writer.ts';
import { declarations, envelope, escaped, nil, tag, textTag } from './xml-writer.ts';

/** An answer of the organization service. */
export function soapAnswer(content: string, status = 200): PlainAnswer {
  return {
    status,
    headers: [
      ['Cache-Control', 'private'],
      ['Content-Type', 'text/xml; charset=utf-8'],
    ],
    body: envelope(content),
  };
}

/** An error as the service answers it: a SOAP 1.1 fault with `OrganizationServiceFault`, whose code is signed. */
function faultAnswer(error: ApiError, now: number, status = 500): PlainAnswer {
  const { message } = error;
  const fault = [
    textTag('faultcode', 's:Client'),
    tag('faultstring', escaped(message), 'xml:lang="en-US"'),
    tag(
      'detail',
      tag('OrganizationServiceFault', detail(error, now), `xmlns="${namespaces.a}" ${declarations}`),
    ),
  ];
  return soapAnswer(tag('s:Fault', fault.join('')), status);
}

/** The members of the fault, in the order of its data contract. */
function detail(error: ApiError, now: number): string {
  const { code, message } = error;
  return [
    textTag('ActivityId', crypto.randomUUID()),
    textTag('ErrorCode', String(Number(code === '' ? '0x80040216' : code) | 0)),
    tag('ErrorDetails', detailPairs(error)),
    nil('HelpLink'),
    textTag('Message', message),
    textTag('Timestamp', `${new Date(now).toISOString().slice(0, -1)}0000Z`),
    textTag('ExceptionRetriable', String(error.status === 429)),
    nil('ExceptionSource'),
    nil('InnerFault'),
    nil('OriginalException'),
    nil('TraceText'),
  ].join('');
}

function detailPairs({ status, plugin, headers = [] }: ApiError): string {
  const item = 'KeyValuePairOfstringanyType';
  const wait = headerOf({ status, headers, body: undefined }, 'Retry-After');
  const pairs = [pair('ApiExceptionHttpStatusCode', { kind: 'int', value: status }, item)];
  if (plugin !== undefined) {
    pairs.push(pair('OperationStatus', { kind: 'string', value: '0' }, item));
    pairs.push(pair('SubErrorCode', { kind: 'string', value: String(plugin.subErrorCode) }, item));
  }
  if (wait !== undefined) {
    // Clients wait only for a duration: a number would be ignored.
    const duration = tag('b:value', `PT${wait}S`, 'i:type="q:duration"');
    pairs.push(tag(item, textTag('b:key', 'Retry-After') + duration));
  }
  return pairs.join('');
}

/** A refusal of a message as what the service made of the request. */
export function faulted(error: ApiError, now: number, about: Partial<Handled> = {}): Handled {
  return { ...about, answer: faultAnswer(error, now), resource: 'organization-service' };
}

/** A refusal of what is not even a message of the service. */
export function unreadable(error: ApiError, now: number): Handled {
  return { answer: faultAnswer(error, now, 400), resource: 'organization-service' };
}

/** A refusal by HTTP, before any message is looked at: without a fault. */
export function refusedByHttp(error: ApiError): Handled {
  return { answer: errorAnswer(error), resource: 'organization-service' };
}
