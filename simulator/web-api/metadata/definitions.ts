import type { Json } from '../../core/operation.ts';
import { isGuidText } from '../../custom-apis/parameter-types.ts';
import type { World } from '../../world.ts';
import type { Call, Handled } from '../call.ts';
import { odataAnswer, refused } from '../call.ts';
import type { ApiError } from '../errors.ts';
import { errors } from '../errors.ts';
import { noDefinition } from './errors.ts';
import { splitOptions } from '../query/options.ts';
import { entityNode } from './entity-node.ts';
import type { MetadataNode } from './node.ts';
import { baseTypes } from './node.ts';
import { globalOptionSets } from './option-set-node.ts';
import { renderNode, renderNodes } from './query.ts';
import { relationshipNode } from './relationship-node.ts';
import { relationshipsOf, tablesOf } from './table-facts.ts';

/** The sets of definitions, each with the property that is its alternate key. */
const sets: Readonly<Record<string, (world: World) => readonly MetadataNode[]>> = {
  EntityDefinitions: entityNodes,
  RelationshipDefinitions: (world) => relationshipsOf(tablesOf(world)).map(relationshipNode),
  GlobalOptionSetDefinitions: globalOptionSets,
};

function entityNodes(world: World): readonly MetadataNode[] {
  const tables = tablesOf(world);
  const relationships = relationshipsOf(tables);
  return tables.map((table, index) => entityNode(table, index, relationships));
}

/** What a path has led to so far. */
type Place =
  | { readonly kind: 'many'; readonly nodes: readonly MetadataNode[]; readonly base: string | undefined }
  | { readonly kind: 'one'; readonly node: MetadataNode }
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'error'; readonly error: ApiError };

/**
 * `GET EntityDefinitions…`, `RelationshipDefinitions…`, `GlobalOptionSetDefinitions…`: lists, by key, along links,
 * cast to a derived type. Read-only. Undefined if the segment names none of them.
 */
export function definitions(call: Call, segment: string, tail: string): Handled | undefined {
  const list = Object.hasOwn(sets, segment) ? sets[segment] : undefined;
  if (list === undefined) return undefined;
  const { method } = call.request;
  if (method !== 'GET') return refused('other', errors.noMethod(method, 'GET'));
  const options = splitOptions(call.request.query);
  if (!options.ok) return refused('other', options.error);
  let place: Place = { kind: 'many', nodes: list(call.world), base: baseTypes[segment] };
  for (const part of pathParts(tail)) {
    place = step(place, part);
    if (place.kind === 'error') return refused('other', place.error);
  }
  return shown(call, `${segment}${tail}`, place, options.value);
}

/** A key in parentheses, or a name after a slash. */
function pathParts(tail: string): readonly string[] {
  return tail.match(/\((?:'(?:[^']|'')*'|[^()'])*\)|\/[^/(]*|[^]/g) ?? [];
}

function step(place: Place, part: string): Place {
  if (part.startsWith('(')) {
    if (place.kind !== 'many') return { kind: 'error', error: errors.badKey() };
    return byKey(place.nodes, part.slice(1, -1));
  }
  if (!part.startsWith('/')) return { kind: 'error', error: errors.badKey() };
  const name = part.slice(1);
  if (name.startsWith('Microsoft.Dynamics.CRM.')) return cast(place, name.split('.').at(-1) ?? '');
  if (place.kind === 'many' && name === '$count') return { kind: 'value', value: place.nodes.length };
  if (place.kind !== 'one') return { kind: 'error', error: errors.noSegment(name) };
  const { node } = place;
  const link = Object.hasOwn(node.links, name) ? node.links[name]?.() : undefined;
  if (link === null) return { kind: 'value', value: null };
  if (link !== undefined) {
    return 'type' in link
      ? { kind: 'one', node: link }
      : { kind: 'many', nodes: link, base: baseTypes[name] };
  }
  if (!Object.hasOwn(node.values, name)) return { kind: 'error', error: errors.noSegment(name) };
  return { kind: 'value', value: node.values[name] ?? null };
}

/** `(LogicalName='account')`, `(Name='…')`, `(SchemaName='…')`, `(id)` or `(MetadataId=id)`. */
function byKey(nodes: readonly MetadataNode[], key: string): Place {
  const [, property, text] = /^\s*(LogicalName|SchemaName|Name)\s*=\s*'((?:[^']|'')*)'\s*$/.exec(key) ?? [];
  const id = key.replace(/^\s*MetadataId\s*=/, '').trim();
  if (property === undefined && !isGuidText(id)) return { kind: 'error', error: errors.badKey() };
  const wanted = (property === undefined ? id : (text ?? '').replaceAll("''", "'")).toLowerCase();
  const found = nodes.find(({ values }) => String(values[property ?? 'MetadataId']).toLowerCase() === wanted);
  if (found !== undefined) return { kind: 'one', node: found };
  return { kind: 'error', error: noDefinition(nodes[0]?.type ?? 'MetadataBase', wanted) };
}

function cast(place: Place, type: string): Place {
  if (place.kind === 'many')
    return { kind: 'many', nodes: place.nodes.filter((node) => node.type === type), base: undefined };
  if (place.kind === 'one' && (place.node.type === type || isBase(place.node.type, type))) return place;
  return { kind: 'error', error: errors.noSegment(`Microsoft.Dynamics.CRM.${type}`) };
}

const isBase = (type: string, base: string) => type.endsWith(base) || base === 'MetadataBase';

function shown(
  call: Call,
  path: string,
  place: Exclude<Place, { kind: 'error' }>,
  options: ReadonlyMap<string, string>,
): Handled {
  const select = options.get('$select');
  const context = `${call.root}$metadata#${path}${select === undefined ? '' : `(${select})`}`;
  const body = bodyOf(place, options);
  if (!body.ok) return refused('other', body.error);
  const suffix = place.kind === 'one' ? '/$entity' : '';
  const answer = odataAnswer({ '@odata.context': `${context}${suffix}`, ...body.value });
  return { answer, resource: 'other' };
}

function bodyOf(place: Exclude<Place, { kind: 'error' }>, options: ReadonlyMap<string, string>) {
  switch (place.kind) {
    case 'value':
      return { ok: true, value: { value: place.value } } as const;
    case 'one': {
      const json = renderNode(place.node, options, undefined);
      if (!json.ok) return json;
      const type = { '@odata.type': `#Microsoft.Dynamics.CRM.${place.node.type}` };
      return {
        ok: true,
        value: place.node.type === 'EntityMetadata' ? json.value : { ...type, ...json.value },
      } as const;
    }
    case 'many': {
      const list = renderNodes(place.nodes, options, place.base);
      if (!list.ok) return list;
      const count = options.get('$count') === 'true' ? { '@odata.count': list.value.length } : {};
      return { ok: true, value: { ...count, value: list.value } } as const;
    }
  }
}
