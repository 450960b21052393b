import { messages } from '../../../contract/vocabulary.ts';
import { derivedId } from '../../events/messages.ts';
import type { Registered } from '../../registration/registered.ts';
import type { World } from '../../world.ts';
import { builtInId, customApis } from './customapis.ts';
import type { SmallTable } from './small-table.ts';
import { flagColumn } from './small-table.ts';

/** A catalog, or a category in one: what a maker picks an action or an event from. */
interface Catalog {
  readonly id: string;
  readonly uniqueName: string;
  readonly displayName: string;
  readonly parentId: string | null;
}

/** The catalog of Dataverse, and the only category in it that the simulator has. */
export const catalogNames = { catalog: 'commoncatalog', category: 'backgroundoperations' } as const;

const root = derivedId(`catalog:${catalogNames.catalog}`);
const category = derivedId(`catalog:${catalogNames.category}`);

const rows: readonly Catalog[] = [
  { id: root, uniqueName: catalogNames.catalog, displayName: 'Microsoft Dataverse Common', parentId: null },
  { id: category, uniqueName: catalogNames.category, displayName: 'Background Operations', parentId: root },
];

/** The catalogs. Read-only: one catalog with one category. */
export const catalogs: SmallTable<Catalog> = {
  set: 'catalogs',
  entity: 'catalog',
  key: 'catalogid',
  schemaName: 'Catalog',
  displayName: 'Catalog',
  columns: [
    { name: 'catalogid', type: 'guid', read: (row) => row.id },
    { name: 'uniquename', type: 'string', read: (row) => row.uniqueName },
    { name: 'name', type: 'string', read: (row) => row.displayName },
    { name: 'displayname', type: 'string', read: (row) => row.displayName },
    {
      name: '_parentcatalogid_value',
      type: 'lookup',
      lookup: { navigation: 'ParentCatalogId', entity: 'catalog' },
      read: (row) => row.parentId,
    },
    flagColumn('ismanaged', () => true),
  ],
  rows: () => rows,
};

/** A custom API that can be picked. */
interface Pickable {
  readonly id: string;
  readonly uniqueName: string;
}

/** The custom APIs that a flow can perform in the background: unbound, public, and not functions. */
export function performable(world: World): Registered[] {
  return [...customApis.rows(world)].filter(({ values }) => {
    const { uniquename, bindingtype, isfunction, isprivate } = values;
    const fits = bindingtype === 0 && isfunction !== true && isprivate !== true;
    return fits && uniquename !== messages.complete;
  });
}

const event = (): Pickable => ({
  id: builtInId(messages.complete),
  uniqueName: messages.complete,
});

/** What the category holds: the event, and every custom API that can be performed in the background. */
export const catalogAssignments: SmallTable<Pickable> = {
  set: 'catalogassignments',
  entity: 'catalogassignment',
  key: 'catalogassignmentid',
  schemaName: 'CatalogAssignment',
  displayName: 'Catalog Assignment',
  columns: [
    { name: 'catalogassignmentid', type: 'guid', read: (row) => derivedId(`catalogassignment:${row.id}`) },
    { name: 'name', type: 'string', read: (row) => row.uniqueName },
    {
      name: '_catalogid_value',
      type: 'lookup',
      lookup: { navigation: 'CatalogId', entity: 'catalog', inverse: 'catalog_catalogassignment' },
      read: () => category,
    },
    {
      name: '_object_value',
      type: 'lookup',
      lookup: { navigation: 'CustomAPIId', entity: 'customapi', inverse: 'customapi_catalogassignment' },
      read: (row) => row.id,
    },
  ],
  rows: (world) => [
    event(),
    ...performable(world).map(({ id, values }) => ({ id, uniqueName: String(values.uniquename) })),
  ],
};
