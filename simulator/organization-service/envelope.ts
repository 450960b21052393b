import type { ApiError } from '../web-api/errors.ts';
import { serviceErrors } from './errors.ts';
import type { Message, Replied } from './messages.ts';
import { readMessage } from './messages.ts';
import { namespaces } from './namespaces.ts';
import type { XmlElement } from './xml-element.ts';
import { childOf, childText } from './xml-reader.ts';
import { tag, textTag } from './xml-writer.ts';

/** An operation of the service's contract, with the message that it comes to. */
export interface Invocation {
  /** `Execute`, `Retrieve` …: what answers is named after it. */
  readonly operation: string;
  /** Undefined for an operation that is not served. */
  readonly message: Message | undefined;
  /** What SOAP headers say of the user that the caller acts for, under the names of HTTP. */
  readonly headers: Readonly<Record<string, string>>;
}

type ReadInvocation =
  | { readonly invocation: Invocation; readonly error?: never }
  | { readonly error: ApiError; readonly invocation?: never };

/** Reads a SOAP 1.1 envelope. */
export function invocationOf(root: XmlElement): ReadInvocation {
  if (root.local !== 'Envelope' || root.uri !== namespaces.s) {
    return { error: serviceErrors.notSoap(`The root is '${root.local}' in '${root.uri}'.`) };
  }
  const element = childOf(root, 's', 'Body')?.children[0];
  if (element?.uri !== namespaces.services) {
    return { error: serviceErrors.notSoap('Its body has no operation of the organization service.') };
  }
  const operation = element.local;
  if (operation === 'Execute') {
    const message = readMessage(childOf(element, 'services', 'request'));
    if (message === undefined) return { error: serviceErrors.notSoap('The request has no RequestName.') };
    return { invocation: { operation, message, headers: headersOf(root) } };
  }
  return { invocation: { operation, message: dedicated(element), headers: headersOf(root) } };
}

const noOne = '00000000-0000-0000-0000-000000000000';

function headersOf(root: XmlElement): Record<string, string> {
  const header = childOf(root, 's', 'Header');
  const found: Record<string, string> = {};
  for (const [name, local] of [
    ['mscrmcallerid', 'CallerId'],
    ['callerobjectid', 'CallerObjectId'],
  ] as const) {
    const value = childText(header, 'a', local);
    if (value !== undefined && value !== noOne) found[name] = value;
  }
  return found;
}

/** A dedicated operation as the message that `Execute` would bring. */
function dedicated(element: XmlElement): Message | undefined {
  const of = (local: string) => childOf(element, 'services', local);
  const message = (parameters: Readonly<Record<string, XmlElement | undefined>>): Message => {
    const found = Object.entries(parameters).flatMap(([name, each]) =>
      each === undefined ? [] : [[name, each] as const],
    );
    return { name: element.local, parameters: new Map(found) };
  };
  switch (element.local) {
    case 'Retrieve':
      return message({ Target: reference(of('entityName'), of('id')), ColumnSet: of('columnSet') });
    case 'Delete':
      return message({ Target: reference(of('entityName'), of('id')) });
    case 'RetrieveMultiple':
      return message({ Query: of('query') });
    case 'Update':
      return message({ Target: of('entity') });
    default:
      return undefined;
  }
}

function reference(table: XmlElement | undefined, id: XmlElement | undefined): XmlElement | undefined {
  if (table === undefined || id === undefined) return undefined;
  const renamed = (element: XmlElement, local: string) => ({ ...element, uri: namespaces.a, local });
  const children = [renamed(id, 'Id'), renamed(table, 'LogicalName')];
  return { ...table, uri: namespaces.a, local: 'Target', text: '', children };
}

/** The content of the body that answers an operation. */
export function responseOf({ type, results, content }: Replied, { operation, message }: Invocation): string {
  const inServices = `xmlns="${namespaces.services}"`;
  if (operation !== 'Execute') {
    const result = content === undefined ? '' : tag(`${operation}Result`, content);
    return tag(`${operation}Response`, result, inServices);
  }
  const members = textTag('a:ResponseName', message?.name) + tag('a:Results', results);
  const result = tag('ExecuteResult', members, type === undefined ? '' : `i:type="${type}"`);
  return tag('ExecuteResponse', result, inServices);
}
