import type { PlainAnswer } from '../plain.ts';
import type { Kit } from '../test-kit.ts';
import type { XmlElement } from './xml-element.ts';
import { xmlSteps } from './xml-reader.ts';

/** Namespaces as clients write them, with prefixes that the simulator does not use itself. */
const contracts = 'xmlns:x1="http://schemas.microsoft.com/xrm/2011/Contracts"';
const later = 'xmlns:x9="http://schemas.microsoft.com/xrm/9.0/Contracts"';
const instance = 'xmlns:in="http://www.w3.org/2001/XMLSchema-instance"';
const generic = 'xmlns:g="http://schemas.datacontract.org/2004/07/System.Collections.Generic"';
const arrays = 'xmlns:arr="http://schemas.microsoft.com/2003/10/Serialization/Arrays"';
const schema = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"';
const serialization = 'xmlns:ser="http://schemas.microsoft.com/2003/10/Serialization/"';
const all = [contracts, later, instance, generic, arrays, schema, serialization].join(' ');

/** The path of the endpoint, in lower case as some clients write it. */
export const endpoint = '/xrmservices/2011/organization.svc/web';

/** A value with `i:type`, e.g. `xs:string`; content is XML already. */
export const value = (type: string, content: string) => `<g:value in:type="${type}">${content}</g:value>`;
/** A parameter with its value. */
export const parameter = (name: string, valueXml: string) =>
  `<x1:KeyValuePairOfstringanyType><g:key>${name}</g:key>${valueXml}</x1:KeyValuePairOfstringanyType>`;
/** A parameter of text. */
export const textParameter = (name: string, text: string) => parameter(name, value('xs:string', text));

/** The members of an `OrganizationRequest`; deliberately in another order than the data contract has. */
export const request = (name: string, parameters = '') =>
  `<x1:RequestName>${name}</x1:RequestName><x1:Parameters>${parameters}</x1:Parameters>` +
  '<x1:RequestId in:nil="true"/>';

/** A whole message; `header` is what stands in the SOAP header. */
export const message = (operation: string, header = '') =>
  `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" ${all}>` +
  `<soap:Header>${header}</soap:Header><soap:Body>${operation}</soap:Body></soap:Envelope>`;

const services = 'xmlns="http://schemas.microsoft.com/xrm/2011/Contracts/Services"';

/** An operation of the service. */
export const operation = (name: string, content: string) => `<${name} ${services}>${content}</${name}>`;
/** The operation `Execute`. */
export const execute = (members: string, type = '') =>
  operation('Execute', `<request${type === '' ? '' : ` in:type="${type}"`}>${members}</request>`);

/** The probe's message inside `ExecuteBackgroundOperation`. */
export const submission = (inner: string, more = '') =>
  execute(
    request(
      'ExecuteBackgroundOperation',
      parameter('Request', value('x1:OrganizationRequest', inner)) + more,
    ),
  );

/** A `ColumnSet` under the name that its place gives it. */
export const columnSet = (...columns: readonly string[]) =>
  `<x1:AllColumns>false</x1:AllColumns><x1:Columns>${columns.map((name) => `<arr:string>${name}</arr:string>`).join('')}</x1:Columns>`;

/** Sends a message in an envelope. */
export function send(
  kit: Kit,
  content: string,
  extra: Parameters<Kit['call']>[2] = {},
): Promise<PlainAnswer> {
  return kit.call('POST', `${endpoint}?SdkClientVersion=9.2`, { ...extra, body: message(content) });
}

/** The first element of a local name, in document order; throws if there is none. */
export function find(answer: PlainAnswer | XmlElement, local: string): XmlElement {
  const found = search('status' in answer ? rootOf(answer) : answer, local);
  if (found === undefined) throw new Error(`There is no ${local}.`);
  return found;
}

/** The answer's document. */
export function rootOf({ body }: PlainAnswer): XmlElement {
  return parsed(body ?? '');
}

/** A document, read at once. */
export function parsed(text: string): XmlElement {
  const steps = xmlSteps(text);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  const { root, error } = step.value;
  if (root === undefined) throw new Error(error.message);
  return root;
}

function search(element: XmlElement, local: string): XmlElement | undefined {
  if (element.local === local) return element;
  for (const child of element.children) {
    const found = search(child, local);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What the pairs below an element say: text with the type's local name, or the element for what is more than text. */
export function pairs(
  element: XmlElement,
): Record<string, { type: string | undefined; text: string; element: XmlElement }> {
  return Object.fromEntries(
    element.children.map((pair) => {
      const [key, held] = pair.children;
      const shown = held ?? pair;
      const text = shown.children.length === 1 ? (shown.children[0]?.text ?? '') : shown.text;
      return [key?.text ?? '', { type: shown.type?.local, text, element: shown }];
    }),
  );
}

/** The fault of an answer. */
export function faultOf(answer: PlainAnswer): { status: number; code: number; message: string } {
  const fault = find(answer, 'OrganizationServiceFault');
  return {
    status: answer.status,
    code: Number(find(fault, 'ErrorCode').text),
    message: find(fault, 'Message').text,
  };
}
