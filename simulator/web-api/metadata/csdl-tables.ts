import { columnTypeName } from '../query/comparable.ts';
import type { Element } from './csdl-writer.ts';
import { element } from './csdl-writer.ts';
import type { ColumnFacts, Relationship, TableFacts } from './table-facts.ts';

/** The entity type of a table: its key, its columns, and where its lookups lead, to and fro. */
export function entityType(table: TableFacts, relationships: readonly Relationship[]): Element {
  const name = table.entity;
  const forward = relationships.filter(({ from }) => from.entity === name).map(single);
  const back = relationships.filter(({ to, inverse }) => to.entity === name && inverse !== undefined);
  return element('EntityType', { Name: name, BaseType: 'mscrm.crmbaseentity' }, [
    element('Key', {}, [element('PropertyRef', { Name: table.key })]),
    ...table.columns.map(property),
    ...forward,
    ...back.map(collection),
  ]);
}

/** The entity set of a table, with the sets that its navigation properties lead to. */
export function entitySet(table: TableFacts, relationships: readonly Relationship[]): Element {
  const name = table.entity;
  const bindings = relationships.flatMap(({ from, to, navigation, inverse }) => [
    ...(from.entity === name ? [binding(navigation, to.set)] : []),
    ...(to.entity === name && inverse !== undefined ? [binding(inverse, from.set)] : []),
  ]);
  const type = `Microsoft.Dynamics.CRM.${name}`;
  return element('EntitySet', { Name: table.set, EntityType: type }, bindings);
}

const binding = (path: string, target: string) =>
  element('NavigationPropertyBinding', { Path: path, Target: target });

function property(column: ColumnFacts): Element {
  const managed = column.managedProperty !== undefined;
  const type = managed ? 'mscrm.BooleanManagedProperty' : columnTypeName(column.type);
  return element('Property', {
    Name: column.name,
    Type: type,
    Unicode: type === 'Edm.String' ? 'false' : undefined,
  });
}

function single({ from, to, column, navigation, inverse }: Relationship): Element {
  const constraint = element('ReferentialConstraint', { Property: column.name, ReferencedProperty: to.key });
  const attributes = {
    Name: navigation,
    Type: `mscrm.${to.entity}`,
    Nullable: (column.required ?? false) === false ? undefined : 'false',
    Partner: inverse,
  };
  // A type that leads to itself by two names would be its own partner twice.
  return element('NavigationProperty', from === to ? { ...attributes, Partner: undefined } : attributes, [
    constraint,
  ]);
}

function collection({ from, navigation, inverse = '' }: Relationship): Element {
  return element('NavigationProperty', {
    Name: inverse,
    Type: `Collection(mscrm.${from.entity})`,
    Partner: navigation,
  });
}
