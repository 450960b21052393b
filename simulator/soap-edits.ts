import { messages } from '../contract/vocabulary.ts';
import type { Behaviour } from './behaviour.ts';
import type { Answered } from './behaviour/door.ts';
import type { Operation } from './core/operation.ts';
import { edit, type BehaviourEdit } from './decision-edits.ts';
import type { PlainAnswer, PlainRequest } from './plain.ts';

/** The message of a SOAP request: the `RequestName` of an `Execute`, else the operation; undefined for any other request. */
export function soapMessage({ path, headers, body }: PlainRequest): string | undefined {
  if (!/^\/xrmservices\//i.test(path)) return undefined;
  const operation = soapOperation(headers);
  // The name stands behind the parameters, which may hold a request of their own.
  return operation === 'Execute' ? namesIn(body).at(-1) : operation;
}

/** The message inside an `ExecuteBackgroundOperation`; undefined where there is none. */
export function innerMessage(request: PlainRequest): string | undefined {
  return soapMessage(request) === messages.execute ? namesIn(request.body).at(-2) : undefined;
}

/** Whether a request is an `Execute`, and no operation of its own. */
export function isExecute({ headers }: PlainRequest): boolean {
  return soapOperation(headers) === 'Execute';
}

function soapOperation(headers: PlainRequest['headers']): string | undefined {
  return /IOrganizationService\/(\w+)/.exec(headers.soapaction ?? '')?.[1];
}

function namesIn(body: string): readonly (string | undefined)[] {
  return [...body.matchAll(/RequestName>\s*(\w+)\s*</g)].map(([, name]) => name);
}

/** Edits the XML that the organization service answers to a message, faults included. */
export function editSoap(
  message: string,
  change: (xml: string, about: Answered, request: PlainRequest) => string,
): BehaviourEdit {
  return editSoapAnswer((answer, request, about) =>
    soapMessage(request) === message
      ? { ...answer, body: change(answer.body ?? '', about, request) }
      : answer,
  );
}

/** Edits what the organization service answers. */
export function editSoapAnswer(
  change: (answer: PlainAnswer, request: PlainRequest, about: Answered) => PlainAnswer,
): BehaviourEdit {
  return edit('answer', (answer, request, about) =>
    about.resource === 'organization-service' ? change(answer, request, about) : answer,
  );
}

/** The XML with another value under a key: `change` gets what stands in it, and gives the whole element. */
export function withValue(xml: string, key: string, change: (content: string) => string): string {
  const pair = new RegExp(`(<b:key>${key}</b:key>)<b:value[^>]*?(?:/>|>([^<]*)</b:value>)`);
  return xml.replace(pair, (_all, start: string, content?: string) => start + change(content ?? ''));
}

/** The XML without the pair of that key. */
export function withoutPair(xml: string, key: string): string {
  return xml.replaceAll(new RegExp(`<(\\w+:KeyValuePairOf\\w+)><b:key>${key}</b:key>.*?</\\1>`, 'gs'), '');
}

/** The answer `Execute` gives where a message is carried out and has these results. */
export function executed(answer: PlainAnswer, results: string): PlainAnswer {
  const namespace = 'http://schemas.microsoft.com/xrm/2011/Contracts/Services';
  const result = `<ExecuteResult><a:Results>${results}</a:Results></ExecuteResult>`;
  const body = (answer.body ?? '').replace(
    /<s:Fault>.*<\/s:Fault>/s,
    `<ExecuteResponse xmlns="${namespace}">${result}</ExecuteResponse>`,
  );
  return { ...answer, status: 200, body };
}

/** A fault with another code. */
export function withFaultCode(xml: string, code: number): string {
  return xml.replace(/<ErrorCode>[^<]*</, `<ErrorCode>${code}<`);
}

/** Decisions for operations that the organization service starts; those of the Web API stay as they are. */
export function forSoapOnly(
  change: (contract: Behaviour, bySoap: (operation: Pick<Operation, 'id'>) => boolean) => Partial<Behaviour>,
): BehaviourEdit {
  return (contract) => {
    const ids = new Set<string>();
    let submitting = false;
    const rest = change(contract, ({ id }) => ids.has(id));
    return {
      ...rest,
      request: (request, situation) => {
        submitting = soapMessage(request) === messages.execute;
        return (rest.request ?? contract.request)(request, situation);
      },
      accepted: (operation, situation) => {
        if (submitting) ids.add(operation.id);
        return contract.accepted(operation, situation);
      },
    };
  };
}
