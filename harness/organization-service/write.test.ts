import { expect, it } from 'vitest';
import { soapNamespaces } from './namespaces.ts';
import { readPairs, type Entity, type TypedValue } from './values.ts';
import { executeEnvelope, retrieveEnvelope, updateEnvelope, type Parameter } from './write.ts';
import { soapChild, soapChildText, parseXml, type SoapElement } from './xml.ts';

const id = '5c1d8f5e-0b6f-4c0b-9c38-7d5f0c1f2a10';
const row: Entity = {
  logicalName: 'account',
  id,
  attributes: new Map<string, TypedValue | null>([
    ['name', { type: 'string', value: ' <a> & "b"\r\n' }],
    ['bgop_big', { type: 'long', value: '9223372036854775807' }],
    ['bgop_none', null],
  ]),
  labels: new Map([['name', 'A & B']]),
};
const values: Readonly<Record<string, TypedValue>> = {
  boolean: { type: 'boolean', value: true },
  int: { type: 'int', value: -5 },
  decimal: { type: 'decimal', value: '1.50' },
  double: { type: 'double', value: -Infinity },
  dateTime: { type: 'dateTime', value: '2026-01-02T03:04:05Z' },
  guid: { type: 'guid', value: id },
  option: { type: 'OptionSetValue', value: 7 },
  money: { type: 'Money', value: '0.10' },
  reference: { type: 'EntityReference', value: { logicalName: 'account', id } },
  entity: { type: 'Entity', value: row },
  collection: { type: 'EntityCollection', value: [row, row] },
  texts: { type: 'ArrayOfstring', value: ['', 'a<b'] },
  ids: { type: 'ArrayOfguid', value: [id] },
};

/** The operation in the body of an envelope. */
function operationIn(envelope: string): SoapElement | undefined {
  const read = parseXml(envelope);
  if ('problem' in read) throw new Error(read.problem);
  return soapChild(read.root, 'soap', 'Body')?.children[0];
}

it('writes values that are read as what they were', () => {
  const parameters: Record<string, Parameter> = { ...values, nothing: null };
  const request = soapChild(
    operationIn(executeEnvelope({ name: 'x_Echo', parameters })),
    'services',
    'request',
  );
  expect(soapChildText(request, 'contracts', 'RequestName')).toBe('x_Echo');
  const read = readPairs(soapChild(request, 'contracts', 'Parameters'));
  expect(Object.fromEntries(read)).toEqual({ ...values, nothing: null });
});

it('nests requests, and names the class of typed ones', () => {
  const inner = { name: 'x_Api', parameters: { A: { type: 'int', value: 1 } } } as const;
  const parameters = { Request: { type: 'request', value: inner } } as const;
  const envelope = executeEnvelope({ name: 'ExecuteBackgroundOperation', parameters, className: 'XRequest' });
  const request = soapChild(operationIn(envelope), 'services', 'request');
  expect(request?.type).toEqual({ uri: soapNamespaces.contracts, local: 'XRequest' });
  const pair = soapChild(request, 'contracts', 'Parameters')?.children[0];
  const nested = soapChild(pair, 'generic', 'value');
  expect(nested?.type).toEqual({ uri: soapNamespaces.contracts, local: 'OrganizationRequest' });
  expect(soapChildText(nested, 'contracts', 'RequestName')).toBe('x_Api');
});

it('writes Retrieve and Update as operations of their own', () => {
  const retrieve = operationIn(retrieveEnvelope('account', id, ['name', 'bgop_big']));
  expect(retrieve?.children.map(({ local }) => local)).toEqual(['entityName', 'id', 'columnSet']);
  const columns = soapChild(soapChild(retrieve, 'services', 'columnSet'), 'contracts', 'Columns');
  expect(columns?.children.map(({ text }) => text)).toEqual(['name', 'bgop_big']);
  const entity = soapChild(operationIn(updateEnvelope(row)), 'services', 'entity');
  expect(readPairs(soapChild(entity, 'contracts', 'Attributes'))).toEqual(row.attributes);
});
