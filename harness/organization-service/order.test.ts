import { expect, it } from 'vitest';
import { soapNamespaces } from './namespaces.ts';
import { orderProblem } from './order.ts';
import { parseXml } from './xml.ts';

const { contracts, services, generic, instance } = soapNamespaces;

function problemOf(content: string, root = 's:ExecuteResult'): string | undefined {
  const scope = `xmlns="${contracts}" xmlns:s="${services}" xmlns:g="${generic}" xmlns:i="${instance}"`;
  const read = parseXml(`<${root} ${scope}>${content}</${root}>`);
  return 'root' in read ? orderProblem(read.root) : read.problem;
}

const pair = '<KeyValuePairOfstringanyType><g:key>a</g:key><g:value/></KeyValuePairOfstringanyType>';

it.each([
  ['', undefined],
  [`<ResponseName/><Future/><Results>${pair}</Results>`, undefined],
  ['<Results/><ResponseName/>', 'ResponseName stands behind Results in ExecuteResult'],
  [
    `<Results>${pair.replace('<g:value/>', '').replace('<g:key>', '<g:value/><g:key>')}</Results>`,
    'key stands behind value in KeyValuePairOfstringanyType',
  ],
  ['<x i:type="Entity"><Id/><Attributes/></x>', 'Attributes stands behind Id in x'],
  ['<x i:type="Entity"><Attributes/><Id/><LogicalName/></x>', undefined],
  ['<x i:type="EntityReference"><LogicalName/><Id/></x>', 'Id stands behind LogicalName in x'],
])('finds what is out of order: %s', (content, problem) => {
  expect(problemOf(content)).toBe(problem);
});

it('knows the base class of a fault', () => {
  const fault = 'OrganizationServiceFault';
  expect(problemOf('<ErrorCode/><Message/><Timestamp/><TraceText/>', fault)).toBeUndefined();
  expect(problemOf('<Message/><ErrorCode/>', fault)).toBe(`ErrorCode stands behind Message in ${fault}`);
});
