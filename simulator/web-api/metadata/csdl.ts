import type { World } from '../../world.ts';
import { operationElements, operationFacts, operationImport } from './csdl-operations.ts';
import { entitySet, entityType } from './csdl-tables.ts';
import { element, write } from './csdl-writer.ts';
import { platformOperations, platformTypes } from './platform-operations.ts';
import { relationshipsOf, tablesOf } from './table-facts.ts';

/** The EDMX document of the service: every table, message and custom API. */
export function csdlOf(world: World): string {
  const tables = tablesOf(world);
  const relationships = relationshipsOf(tables);
  // A private custom API is hidden here only, and one that belongs to a table that is not served cannot be declared.
  const declared = [...world.apis.values()].filter(
    ({ isPrivate, binding }) =>
      isPrivate !== true && (binding === undefined || tables.some(({ entity }) => entity === binding.entity)),
  );
  const operations = [...platformOperations, ...declared.map(operationFacts)];
  const container = element('EntityContainer', { Name: 'System' }, [
    ...tables.map((table) => entitySet(table, relationships)),
    ...operations.filter(({ binding }) => binding === undefined).map(operationImport),
  ]);
  const schema = element(
    'Schema',
    { Namespace: 'Microsoft.Dynamics.CRM', Alias: 'mscrm', xmlns: 'http://docs.oasis-open.org/odata/ns/edm' },
    [
      element('EntityType', { Name: 'crmbaseentity', Abstract: 'true' }),
      element('EntityType', { Name: 'expando', BaseType: 'mscrm.crmbaseentity', OpenType: 'true' }),
      ...platformTypes,
      ...tables.map((table) => entityType(table, relationships)),
      ...operations.flatMap(operationElements),
      container,
    ],
  );
  const document = element(
    'edmx:Edmx',
    { Version: '4.0', 'xmlns:edmx': 'http://docs.oasis-open.org/odata/ns/edmx' },
    [element('edmx:DataServices', {}, [schema])],
  );
  return `<?xml version="1.0" encoding="utf-8"?>\n${write(document)}`;
}
