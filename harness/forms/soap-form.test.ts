import { describe, expect, it } from 'vitest';
import { Answer, type WireAnswer } from '../answer.ts';
import { parseConfig } from '../config.ts';
import { lookAtAnyAnswer } from './any-answer.ts';

const url = 'https://contoso.example/XRMServices/2011/Organization.svc/web';

/** The clauses that are charged for one answer of the organization service. */
function charged(answer: Pick<WireAnswer, 'status' | 'body'>): string[] {
  const clauses: string[] = [];
  const note = (clause: string): void => void clauses.push(clause);
  const config = parseConfig({ target: { kind: 'simulator' } });
  lookAtAnyAnswer(
    new Answer({ method: 'POST', url, headers: [] }, { headers: [], ...answer }, note),
    'initiator',
    config,
  );
  return clauses;
}

describe('any answer of the organization service', () => {
  const row = (members: string) => ({
    status: 200,
    body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><RetrieveResponse xmlns="http://schemas.microsoft.com/xrm/2011/Contracts/Services"><RetrieveResult xmlns:a="http://schemas.microsoft.com/xrm/2011/Contracts">${members}</RetrieveResult></RetrieveResponse></s:Body></s:Envelope>`,
  });

  it('has its members in the order of their data contract', () => {
    expect(charged(row('<a:Id/><a:LogicalName/>'))).toEqual([]);
    expect(charged(row('<a:LogicalName/><a:Id/>'))).toEqual(['sdk.member-order']);
  });
});

describe('any fault of the organization service', () => {
  const fault = (status: number, element = 's:Fault') => ({
    status,
    body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><${element}/></s:Body></s:Envelope>`,
  });

  it('is right with 500, and says nothing where the way to the service answers', () => {
    for (const status of [500, 503, 429]) expect(charged(fault(status))).toEqual([]);
    expect(charged(fault(200, 'ExecuteResponse'))).toEqual([]);
  });

  it.each([200, 400])('breaks sdk.fault-shape with %i', (status) => {
    expect(charged(fault(status, 's:Fault '))).toEqual(['sdk.fault-shape']);
    const { body } = fault(status);
    const prefixed = body.replaceAll(/(<\/?)s:/g, '$1SOAP-ENV:').replace('xmlns:s=', 'xmlns:SOAP-ENV=');
    const other = { status, body: prefixed };
    expect(charged(other)).toEqual(['sdk.fault-shape']);
  });

  it('is one in the body of the envelope, not a member of that name in what succeeded', () => {
    const answer = fault(200);
    const body = answer.body.replace('<s:Fault/>', '<ExecuteResponse><Fault nil="true"/></ExecuteResponse>');
    expect(charged({ ...answer, body })).toEqual([]);
  });
});
