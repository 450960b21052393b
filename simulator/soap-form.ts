import type { Choices } from './choices.ts';

/** A tag of what the organization service writes; text has no `<` or `>` in it. */
const tags = /<[^>]*>/g;
/** The prefixes with which it writes, but that of SOAP, and other ones for them. */
const prefixed = /(?<=[<\s/"]|xmlns:)([a-eikoq])(?=[:=])/g;
const absentMember = /<(?!b:)[\w:]+ i:nil="true"\/>/g;
/** Codes of errors for which the documentation names none. */
const unsettled: ReadonlySet<string> = new Set(['-2147220989', '-2147220933', '-2147185400', '-2147185401']);

/**
 * The answer of the organization service in the chosen form, which no client may notice: other prefixes, members
 * without a value left out, members that nobody knows, other codes where none is documented.
 */
export function soapForm(xml: string, choices: Choices): string {
  let formed = xml;
  if (choices.soapFaultCodes === 'general')
    formed = formed.replace(/(?<=<ErrorCode>)[^<]*/, (code) => (unsettled.has(code) ? '-2147220970' : code));
  if (choices.soapNil === 'absent') formed = formed.replaceAll(absentMember, '');
  if (choices.soapExtras)
    formed = formed.replaceAll(/(?=<a:(?:Results|Attributes|LogicalName)[\s/>])/g, '<a:Future>1</a:Future>');
  if (choices.soapPrefixes === 'other')
    formed = formed.replaceAll(tags, (tag) => tag.replaceAll(prefixed, (prefix) => `d4${prefix}1`));
  return formed;
}
