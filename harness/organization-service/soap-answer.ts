import type { Answer } from '../answer.ts';
import { soapNamespaces } from './namespaces.ts';
import { readEntity, readPairs, type Entity, type Values } from './values.ts';
import { soapChild, soapChildText, isNamed, parseXml, type SoapElement } from './xml.ts';

/** A fault of the service, as far as it can be read. */
export interface SoapFault {
  /** `OrganizationServiceFault` in the detail; undefined where there is none. */
  readonly detail: SoapElement | undefined;
  /** `ErrorCode`, a signed 32-bit integer; undefined where there is none. */
  readonly code: number | undefined;
  /** `Message` of the detail, else `faultstring`. */
  readonly message: string;
}

/** An answer of the organization service, read. */
export class SoapAnswer {
  readonly answer: Answer;
  /** The first element of the body; undefined where the answer is no SOAP 1.1 envelope with one. */
  readonly content: SoapElement | undefined;
  readonly #problem: string | undefined;

  constructor(answer: Answer) {
    this.answer = answer;
    const read = parseXml(answer.body);
    const root = 'root' in read ? read.root : undefined;
    this.content = isNamed(root, 'soap', 'Envelope')
      ? soapChild(root, 'soap', 'Body')?.children[0]
      : undefined;
    this.#problem = 'problem' in read ? read.problem : undefined;
  }

  /** The fault that it is; undefined where it is none. */
  get fault(): SoapFault | undefined {
    const { content } = this;
    if (content === undefined || !isNamed(content, 'soap', 'Fault')) return undefined;
    // The parts of a SOAP 1.1 fault are in no namespace.
    const part = (local: string): SoapElement | undefined =>
      content.children.find((one) => one.local === local);
    const detail = soapChild(part('detail'), 'contracts', 'OrganizationServiceFault');
    const code = soapChildText(detail, 'contracts', 'ErrorCode')?.trim() ?? '';
    return {
      detail,
      code: /^[+-]?\d+$/.test(code) ? Number(code) : undefined,
      message: soapChildText(detail, 'contracts', 'Message') ?? part('faultstring')?.text ?? '',
    };
  }

  /** The result inside the response of an operation; undefined where there is none, and for a fault. */
  result(operation: string): SoapElement | undefined {
    const { content } = this;
    if (!this.answer.ok || !isNamed(content, 'services', `${operation}Response`)) return undefined;
    return soapChild(content, 'services', `${operation}Result`);
  }

  /** The `Results` of an `Execute`, by name; undefined where it did not succeed. */
  results(): Values | undefined {
    const result = this.result('Execute');
    return result === undefined ? undefined : readPairs(soapChild(result, 'contracts', 'Results'));
  }

  /** The row that a `Retrieve` gives, in either of its two ways; undefined where it did not succeed. */
  get row(): Entity | undefined {
    const dedicated = this.result('Retrieve');
    if (dedicated !== undefined) return readEntity(dedicated);
    const found = this.results()?.get('Entity');
    return found?.type === 'Entity' ? found.value : undefined;
  }

  /** Whether the operation that was called was carried out, as far as its answer says. */
  get done(): boolean {
    const { content, answer } = this;
    return answer.ok && content?.uri === soapNamespaces.services && content.local.endsWith('Response');
  }

  /** The answer in a few words, for reasons. */
  describe(): string {
    const { fault, content, answer } = this;
    const status = `${answer.request.method} answered ${answer.status}`;
    if (fault !== undefined)
      return `${status} with a fault (${fault.code ?? 'no ErrorCode'}): ${fault.message}`;
    if (content !== undefined) return `${status} with ${content.local}`;
    if (this.#problem !== undefined && answer.body !== '')
      return `${status} with what is no XML: ${this.#problem}`;
    return answer.body === '' ? `${status} with no body` : `${status} with no SOAP envelope`;
  }
}
