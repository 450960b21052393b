import { edit, type BehaviourEdit } from './decision-edits.ts';
import type { Answered } from './behaviour/door.ts';
import type { PlainRequest } from './plain.ts';

/** The message of a SOAP request: the `RequestName` of an `Execute`, else the operation; undefined for any other request. */
function soapMessage({ path, headers, body }: PlainRequest): string | undefined {
  if (!/^\/xrmservices\//i.test(path)) return undefined;
  const operation = /IOrganizationService\/(\w+)/.exec(headers.soapaction ?? '')?.[1];
  // The name stands behind the parameters, which may hold a request of their own.
  const names = [...body.matchAll(/RequestName>\s*(\w+)\s*</g)].map(([, name]) => name);
  return operation === 'Execute' ? names.at(-1) : operation;
}

/** Edits the XML that the organization service answers to a message, faults included. */
export function editSoap(
  message: string,
  change: (xml: string, about: Answered, request: PlainRequest) => string,
): BehaviourEdit {
  return edit('answer', (answer, request, about) =>
    about.resource === 'organization-service' && soapMessage(request) === message
      ? { ...answer, body: change(answer.body ?? '', about, request) }
      : answer,
  );
}

/** The XML with another value under a key: `change` gets what stands in it, and gives the whole element. */
export function withValue(xml: string, key: string, change: (content: string) => string): string {
  const pair = new RegExp(`(<b:key>${key}</b:key>)<b:value[^>]*?(?:/>|>([^<]*)</b:value>)`);
  return xml.replace(pair, (_all, start: string, content = '') => start + change(String(content)));
}

/** The XML without the pair of that key. */
export function withoutPair(xml: string, key: string): string {
  const pair = `<(\\w+:KeyValuePairOf\\w+)><b:key>${key}</b:key>.*?</\\1>`;
  return xml.replaceAll(new RegExp(pair, 'gs'), '');
}
