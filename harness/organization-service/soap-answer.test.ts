import { describe, expect, it } from 'vitest';
import { Answer } from '../answer.ts';
import { soapNamespaces } from './namespaces.ts';
import { SoapAnswer } from './soap-answer.ts';

const request = { method: 'POST', url: 'http://t/XRMServices/2011/Organization.svc/web', headers: [] };
const { soap, services, contracts, generic, schema, serialization, instance } = soapNamespaces;
const id = '5c1d8f5e-0b6f-4c0b-9c38-7d5f0c1f2a10';

function answered(body: string, status = 200): SoapAnswer {
  return new SoapAnswer(new Answer(request, { status, headers: [], body }));
}

function envelope(content: string): string {
  return `<z:Envelope xmlns:z="${soap}"><z:Body>${content}</z:Body></z:Envelope>`;
}

describe('an answer of the organization service', () => {
  it('is read by its namespaces, whatever the prefixes, with what is unknown in between', () => {
    const body = envelope(`<ExecuteResponse xmlns="${services}"><more/><ExecuteResult xmlns:p="${contracts}">
      <p:New>1</p:New><p:Results xmlns:q="${generic}" xmlns:t="${instance}">
        <p:KeyValuePairOfstringanyType><q:key>Id</q:key>
          <q:value t:type="w:guid" xmlns:w="${serialization}">${id.toUpperCase()}</q:value></p:KeyValuePairOfstringanyType>
        <p:KeyValuePairOfstringanyType><q:key>Text</q:key>
          <q:value t:type="w:string" xmlns:w="${schema}"> a &lt;b&gt; <![CDATA[&]]></q:value></p:KeyValuePairOfstringanyType>
        <p:KeyValuePairOfstringanyType><q:key>None</q:key><q:value t:nil="1"/></p:KeyValuePairOfstringanyType>
        <p:KeyValuePairOfstringanyType><q:key>Odd</q:key><q:value>7</q:value></p:KeyValuePairOfstringanyType>
        <p:KeyValuePairOfstringanyType><q:key>Wrong</q:key>
          <q:value t:type="w:int" xmlns:w="${schema}">x</q:value></p:KeyValuePairOfstringanyType>
      </p:Results><p:ResponseName>X</p:ResponseName></ExecuteResult></ExecuteResponse>`);
    const results = answered(body).results();
    expect(results?.get('Id')).toEqual({ type: 'guid', value: id.toUpperCase() });
    expect(results?.get('Text')).toEqual({ type: 'string', value: ' a <b> &' });
    expect(results?.get('None')).toBeNull();
    expect(results?.get('Odd')).toMatchObject({ type: 'odd' });
    expect(results?.get('Wrong')).toEqual({ type: 'odd', value: '"x", which is no int' });
  });

  it('has lists whose unknown elements are no items', () => {
    const pair = (key: string, type: string, content: string) =>
      `<p:Pair><q:key>${key}</q:key><q:value t:type="${type}">${content}<p:More t:nil="true"/></q:value></p:Pair>`;
    const body = envelope(`<ExecuteResponse xmlns="${services}" xmlns:p="${contracts}" xmlns:q="${generic}"
      xmlns:t="${instance}" xmlns:d="${soapNamespaces.arrays}"><ExecuteResult><p:Results>
      ${pair('Texts', 'd:ArrayOfstring', '<d:string/><d:more/><d:string>a</d:string>')}
      ${pair('Ids', 'd:ArrayOfguid', `<d:guid>${id}</d:guid>`)}
      ${pair('Rows', 'p:EntityCollection', '<p:Entities><p:More/><p:Entity/></p:Entities>')}
      </p:Results></ExecuteResult></ExecuteResponse>`);
    const results = answered(body).results();
    expect(results?.get('Texts')?.value).toEqual(['', 'a']);
    expect(results?.get('Ids')?.value).toEqual([id]);
    expect(results?.get('Rows')?.value).toHaveLength(1);
  });

  it('is a fault with or without its detail', () => {
    const parts = `<faultcode>z:Client</faultcode><faultstring>No.</faultstring>`;
    const detail = `<detail><OrganizationServiceFault xmlns="${contracts}"><ErrorCode>-5</ErrorCode>
      <Message>Not so.</Message></OrganizationServiceFault></detail>`;
    const full = answered(envelope(`<z:Fault>${parts}${detail}</z:Fault>`), 500);
    expect(full.fault).toMatchObject({ code: -5, message: 'Not so.' });
    expect(full.results()).toBeUndefined();
    expect(full.describe()).toBe('POST answered 500 with a fault (-5): Not so.');
    const bare = answered(envelope(`<z:Fault>${parts}</z:Fault>`), 500);
    expect(bare.fault).toEqual({ detail: undefined, code: undefined, message: 'No.' });
  });

  it.each([
    ['with no body', ''],
    ['with what is no XML', '{}'],
    ['document type definition', `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`],
    ['deeper than 300 levels', '<a>'.repeat(100_000)],
    ['more than 200000 elements', `<a>${'<b/>'.repeat(250_000)}</a>`],
    ['with no SOAP envelope', `<Envelope><Body><x/></Body></Envelope>`],
  ])('is nothing at all where it is no envelope: %s', (words, body) => {
    const answer = answered(body);
    expect(answer.fault ?? answer.content ?? answer.results()).toBeUndefined();
    expect(answer.describe()).toContain(words);
  });
});
