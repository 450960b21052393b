import type { Json } from '../../core/operation.ts';
import type { Column } from '../../core/table.ts';
import { isJsonObject } from '../../plain.ts';
import { predicate } from '../query/condition.ts';
import { parseExpand } from '../query/expand.ts';
import { parseFilter } from '../query/filter.ts';
import { failure, problems, success } from '../query/problem.ts';
import type { InputResult } from '../query/problem.ts';
import type { Schema } from '../query/schema.ts';
import type { MetadataNode } from './node.ts';

/** Options by name with `$`; metadata knows no order and no pages, so it refuses those. */
type NodeOptions = ReadonlyMap<string, string>;

const known = new Set(['$select', '$filter', '$expand', '$count']);

/** A definition as JSON, with the chosen properties and what was expanded. Errors: unknown names, other options. */
export function renderNode(
  node: MetadataNode,
  options: NodeOptions,
  declared: readonly string[] | undefined,
): InputResult<Record<string, Json>> {
  const wrong = [...options.keys()].find((name) => !known.has(name));
  if (wrong !== undefined) return failure(problems.unknownOption(wrong));
  const names = selected(node, options.get('$select'), declared);
  if (!names.ok) return names;
  const json: Record<string, Json> = {};
  for (const name of names.value) json[name] = node.values[name] ?? null;
  const text = options.get('$expand');
  if (text === undefined) return success(json);
  const items = parseExpand(text);
  if (!items.ok) return items;
  for (const { name, options: inner } of items.value) {
    const link = Object.hasOwn(node.links, name) ? node.links[name] : undefined;
    if (link === undefined) return failure(problems.unknownProperty(name, node.type));
    const target = link();
    const rendered = target === null ? success(null) : renderAny(target, inner, undefined);
    if (!rendered.ok) return rendered;
    json[name] = rendered.value;
  }
  return success(json);
}

function renderAny(
  target: MetadataNode | readonly MetadataNode[],
  options: NodeOptions,
  declared: readonly string[] | undefined,
): InputResult<Json> {
  return isNode(target) ? renderNode(target, options, declared) : renderNodes(target, options, undefined);
}

/**
 * Definitions as JSON: those that pass `$filter`. Each says its type where that is not the declared one.
 *
 * @param base the declared type; its properties are all that `$select` and `$filter` may name
 */
export function renderNodes(
  nodes: readonly MetadataNode[],
  options: NodeOptions,
  base: string | undefined,
): InputResult<Json[]> {
  const shared = commonProperties(nodes);
  const text = options.get('$filter');
  const filter = text === undefined ? success(() => true) : filterOf(text, nodes, base ?? 'MetadataBase');
  if (!filter.ok) return filter;
  const inner = new Map([...options].filter(([name]) => name !== '$filter' && name !== '$count'));
  const shown: Json[] = [];
  const mixed = new Set(nodes.map(({ type }) => type)).size > 1 || base !== undefined;
  for (const node of nodes) {
    if (!filter.value(node)) continue;
    const json = renderNode(node, inner, shared);
    if (!json.ok) return json;
    shown.push(mixed ? { '@odata.type': `#Microsoft.Dynamics.CRM.${node.type}`, ...json.value } : json.value);
  }
  return success(shown);
}

/** Properties that every one of the definitions has: those of the type that the collection is declared to be of. */
function commonProperties(nodes: readonly MetadataNode[]): readonly string[] | undefined {
  const [first, ...others] = nodes;
  if (first === undefined) return undefined;
  return Object.keys(first.values).filter((name) => others.every(({ values }) => name in values));
}

function isNode(target: MetadataNode | readonly MetadataNode[]): target is MetadataNode {
  return 'type' in target;
}

/** The names that `$select` chooses; `MetadataId` is always answered. */
function selected(
  node: MetadataNode,
  text: string | undefined,
  declared: readonly string[] | undefined,
): InputResult<readonly string[]> {
  if (text === undefined || text.trim() === '*') return success(Object.keys(node.values));
  const names = text.split(',').map((name) => name.trim());
  const allowed = declared ?? Object.keys(node.values);
  const unknown = names.find((name) => !allowed.includes(name));
  if (unknown !== undefined) return failure(problems.unknownProperty(unknown, node.type));
  return success([...new Set([...names, 'MetadataId'])]);
}

const enumeration = /Microsoft\.Dynamics\.CRM\.\w+(?=')/g;

/** A filter over the properties that have a plain value, or an object with one as its `Value`. */
function filterOf(
  text: string,
  nodes: readonly MetadataNode[],
  type: string,
): InputResult<(node: MetadataNode) => boolean> {
  const columns = new Map<string, Column<MetadataNode>>();
  for (const name of commonProperties(nodes) ?? []) {
    const sample = nodes.map(({ values }) => values[name]).find((value) => value !== null);
    if (isJsonObject(sample) && 'Value' in sample) {
      const path = `${name}/Value`;
      const column = columnOf(path, sample.Value, ({ values }) => (values[name] as { Value?: Json }).Value);
      columns.set(path, column);
    } else if (!isJsonObject(sample) && !Array.isArray(sample)) {
      columns.set(
        name,
        columnOf(name, sample, ({ values }) => values[name]),
      );
    }
  }
  const schema: Schema<MetadataNode> = { set: type, entity: type, key: 'MetadataId', always: [], columns };
  // A name of an enumeration is compared by its text.
  const parsed = parseFilter(text.replace(enumeration, ''), schema, new Map());
  return parsed.ok ? success(nodes.length === 0 ? () => false : predicate(parsed.value)) : parsed;
}

function columnOf(
  name: string,
  sample: unknown,
  value: (node: MetadataNode) => Json | undefined,
): Column<MetadataNode> {
  if (typeof sample === 'boolean') return { name, type: 'boolean', read: (node) => flag(value(node)) };
  const type = typeof sample === 'number' ? 'integer' : name === 'MetadataId' ? 'guid' : 'string';
  return {
    name,
    type,
    read: (node) => {
      const cell = value(node);
      return typeof cell === 'string' || typeof cell === 'number' ? cell : null;
    },
  };
}

const flag = (value: Json | undefined) => (typeof value === 'boolean' ? Number(value) : null);
