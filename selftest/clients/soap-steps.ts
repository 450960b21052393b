import { insist } from './steps.ts';

/** Where the organization service is. */
export const soapPath = '/XRMServices/2011/Organization.svc/web?SDKClientVersion=9.2';

const contracts = 'http://schemas.microsoft.com/xrm/2011/Contracts';
const generic = 'http://schemas.datacontract.org/2004/07/System.Collections.Generic';
const xsd = 'http://www.w3.org/2001/XMLSchema';

function inEnvelope(body: string): string {
  return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;
}

function text(key: string, value: string): string {
  return `<a:KeyValuePairOfstringanyType><b:key>${key}</b:key><b:value i:type="c:string" xmlns:c="${xsd}">${value}</b:value></a:KeyValuePairOfstringanyType>`;
}

const inner = `<a:KeyValuePairOfstringanyType><b:key>Request</b:key><b:value i:type="a:OrganizationRequest"><a:Parameters>${text('FetchXml', '&lt;fetch/&gt;')}</a:Parameters><a:RequestId i:nil="true"/><a:RequestName>sample_ExportDataUsingFetchXmlToAnnotation</a:RequestName></b:value></a:KeyValuePairOfstringanyType>`;

/** An ExecuteBackgroundOperation of the export; `further` are more parameters, by name. */
export function exportEnvelope(further: Readonly<Record<string, string>> = {}, request = inner): string {
  const more = Object.entries(further).map(([key, value]) => text(key, value));
  return inEnvelope(
    `<Execute xmlns="${contracts}/Services"><request xmlns:a="${contracts}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><a:Parameters xmlns:b="${generic}">${request}${more.join('')}</a:Parameters><a:RequestId i:nil="true"/><a:RequestName>ExecuteBackgroundOperation</a:RequestName></request></Execute>`,
  );
}

/** A Retrieve of a background operation, with its two codes or with all columns. */
export function rowEnvelope(id: string, all = false): string {
  const names = ['backgroundoperationstatecode', 'backgroundoperationstatuscode'];
  const columns = all ? '' : names.map((name) => `<c:string>${name}</c:string>`).join('');
  return inEnvelope(
    `<Retrieve xmlns="${contracts}/Services"><entityName>backgroundoperation</entityName><id>${id}</id><columnSet xmlns:a="${contracts}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><a:AllColumns>${all}</a:AllColumns><a:Columns xmlns:c="http://schemas.microsoft.com/2003/10/Serialization/Arrays">${columns}</a:Columns></columnSet></Retrieve>`,
  );
}

/** An Update of a background operation that sets these choices. */
export function codesEnvelope(id: string, codes: Readonly<Record<string, number>>): string {
  const set = Object.entries(codes).map(
    ([name, value]) =>
      `<a:KeyValuePairOfstringanyType><b:key>${name}</b:key><b:value i:type="a:OptionSetValue"><a:Value>${value}</a:Value></b:value></a:KeyValuePairOfstringanyType>`,
  );
  return inEnvelope(
    `<Update xmlns="${contracts}/Services"><entity xmlns:a="${contracts}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><a:Attributes xmlns:b="${generic}">${set.join('')}</a:Attributes><a:Id>${id}</a:Id><a:LogicalName>backgroundoperation</a:LogicalName></entity></Update>`,
  );
}

/** A Delete of a background operation. */
export function deleteEnvelope(id: string): string {
  return inEnvelope(
    `<Delete xmlns="${contracts}/Services"><entityName>backgroundoperation</entityName><id>${id}</id></Delete>`,
  );
}

/** The id that the answer of ExecuteBackgroundOperation gives. */
export function soapId(body: string): string {
  const id = /BackgroundOperationId<\/[\w.]+:key>\s*<[^>]+>([0-9a-fA-F-]{36})</.exec(body)?.[1];
  insist(id !== undefined, `no id in ${body}`);
  return id;
}

/** The state code of a retrieved row. */
export function soapState(body: string): number {
  const found = /backgroundoperationstatecode<\/[\w.]+:key>\s*<[^>]+>\s*<[\w.]+:Value>(\d+)</.exec(body)?.[1];
  insist(found !== undefined, `no state in ${body}`);
  return Number(found);
}

/** A RetrieveMultiple of one background operation by FetchXML, with these attributes. */
export function queryEnvelope(id: string, attributes: string): string {
  const fetchXml = `<fetch><entity name="backgroundoperation">${attributes}<filter><condition attribute="backgroundoperationid" operator="eq" value="${id}"/></filter></entity></fetch>`;
  return inEnvelope(
    `<RetrieveMultiple xmlns="${contracts}/Services"><query i:type="a:FetchExpression" xmlns:a="${contracts}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><a:Query>${fetchXml.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</a:Query></query></RetrieveMultiple>`,
  );
}
