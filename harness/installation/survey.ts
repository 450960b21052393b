import type { JsonObject } from '../answer.ts';
import { mark, tables, type FoundComponent, type ComponentKind, type Value } from './components.ts';
import type { Registry } from './registry.ts';

/** What a target holds of the probe, of ours and of others. */
export interface Survey {
  readonly api: FoundComponent | undefined;
  /** Request parameters and response properties of that custom API. */
  readonly members: readonly FoundComponent[];
  /** Assemblies that bgop installed, that are called like the one to install, or that execute the API. */
  readonly assemblies: readonly FoundComponent[];
  /** The plug-in types in them. */
  readonly types: readonly FoundComponent[];
  /** Other custom APIs that are executed by one of those types. */
  readonly others: readonly FoundComponent[];
}

/**
 * Looks what is there of the probe. It only reads.
 *
 * @param customApi unique name of the custom API
 * @param assemblyName name of the assembly that is to be installed, if any
 * @throws RegistryRefusal, TransportError
 */
export async function survey(registry: Registry, customApi: string, assemblyName?: string): Promise<Survey> {
  const [api] = await find(registry, 'api', `uniquename eq ${text(customApi)}`);
  const members = api === undefined ? [] : await membersOf(registry, api);
  const linked = api?.link ?? null;
  const executing = linked === null ? [] : await find(registry, 'type', `plugintypeid eq ${linked}`);
  const assemblies = await assembliesOf(registry, executing, assemblyName);
  const types: FoundComponent[] = [];
  for (const { id } of assemblies)
    types.push(...(await find(registry, 'type', `_pluginassemblyid_value eq ${id}`)));
  const others: FoundComponent[] = [];
  for (const { id } of types) others.push(...(await find(registry, 'api', `_plugintypeid_value eq ${id}`)));
  return { api, members, assemblies, types, others: others.filter(({ id }) => id !== api?.id) };
}

async function membersOf(registry: Registry, api: FoundComponent): Promise<FoundComponent[]> {
  const filter = `_customapiid_value eq ${api.id}`;
  return [...(await find(registry, 'parameter', filter)), ...(await find(registry, 'property', filter))];
}

async function assembliesOf(
  registry: Registry,
  executing: readonly FoundComponent[],
  assemblyName: string | undefined,
): Promise<FoundComponent[]> {
  const conditions = [
    `contains(description,${text(mark)})`,
    ...(assemblyName === undefined ? [] : [`name eq ${text(assemblyName)}`]),
    ...executing.flatMap(({ link }) => (link === null ? [] : [`pluginassemblyid eq ${link}`])),
  ];
  return find(registry, 'assembly', conditions.join(' or '));
}

async function find(registry: Registry, kind: ComponentKind, filter: string): Promise<FoundComponent[]> {
  const { set, key, naming, changeable, fixed, link } = tables[kind];
  const columns = [
    ...new Set([key, naming, ...changeable, ...fixed, ...(link === undefined ? [] : [link.column])]),
  ];
  const rows = await registry.find(set, columns, filter);
  return rows.map((row) => foundIn(row, kind));
}

function foundIn(row: JsonObject, kind: ComponentKind): FoundComponent {
  const { key, naming, changeable, fixed, link } = tables[kind];
  const id = String(row[key]).toLowerCase();
  const linked = link === undefined ? undefined : row[link.column];
  return {
    kind,
    id,
    name: String(row[naming]),
    values: Object.fromEntries([...changeable, ...fixed].map((column) => [column, valueOf(row[column])])),
    ours: String(row['description']).includes(mark),
    link: typeof linked === 'string' ? linked.toLowerCase() : null,
  };
}

function valueOf(value: unknown): Value {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** A text in a filter. */
function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
