/** The endpoint of the organization service, as the SDK for .NET calls it. */
export const soapPath = '/XRMServices/2011/Organization.svc/web?SDKClientVersion=9.2.49';

/** The media type of SOAP 1.1. */
export const soapType = 'text/xml; charset=utf-8';

const contracts = 'http://schemas.microsoft.com/xrm/2011/Contracts';
const text = (name: string, value: string) =>
  `<a:KeyValuePairOfstringanyType><b:key>${name}</b:key><b:value i:type="c:string" xmlns:c="http://www.w3.org/2001/XMLSchema">${value}</b:value></a:KeyValuePairOfstringanyType>`;

/** `Execute` of `ExecuteBackgroundOperation` with the probe inside. */
export const soapBody = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><SdkClientVersion xmlns="${contracts}">9.2.49</SdkClientVersion></s:Header><s:Body><Execute xmlns="${contracts}/Services"><request xmlns:a="${contracts}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><a:Parameters xmlns:b="http://schemas.datacontract.org/2004/07/System.Collections.Generic"><a:KeyValuePairOfstringanyType><b:key>Request</b:key><b:value i:type="a:OrganizationRequest"><a:Parameters>${text('ControlUrl', 'http://127.0.0.1:9/probe')}</a:Parameters><a:RequestId i:nil="true"/><a:RequestName>bgop_Probe</a:RequestName></b:value></a:KeyValuePairOfstringanyType></a:Parameters><a:RequestId i:nil="true"/><a:RequestName>ExecuteBackgroundOperation</a:RequestName></request></Execute></s:Body></s:Envelope>`;
