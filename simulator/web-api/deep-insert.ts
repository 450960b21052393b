import { Changes } from '../store/undo-log.ts';
import type { Call } from './call.ts';
import type { ApiError } from './errors.ts';
import { errors } from './errors.ts';
import { relationOf } from './related.ts';
import type { Relation } from './related.ts';
import { unknownMember } from './unknown-member.ts';
import type { AnyTable } from './tables/small-table.ts';

type Body = Readonly<Record<string, unknown>>;
type Made = { readonly id: string } | { readonly error: ApiError };

/** Rows of one collection-valued navigation property of a body, which are created along with the row. */
interface Nested {
  readonly relation: Relation & { kind: 'many' };
  readonly rows: readonly unknown[];
}

/**
 * Creates a row and the rows that its body has below collection-valued navigation properties, as a custom API is
 * created together with its parameters. All of them are created, or none.
 */
export function insertDeep(call: Call, table: AnyTable, body: Body): Made | undefined {
  const changes = new Changes();
  const made = call.world.undo.record(changes, () => insertAll(call, table, body));
  if (made !== undefined && 'error' in made) changes.undo();
  return made;
}

function insertAll(call: Call, table: AnyTable, body: Body): Made | undefined {
  const { own, nested } = apart(table, body);
  const strange = table.insert === undefined ? undefined : unknownMember(table, own);
  if (strange !== undefined) return { error: strange };
  const made = table.insert?.(call.world, own, call.situation.now, call.user);
  if (made === undefined || 'error' in made) return made;
  for (const { relation, rows } of nested) {
    for (const row of rows) {
      const error = insertBelow(call, relation, row, `/${table.set}(${made.id})`);
      if (error !== undefined) return { error };
    }
  }
  return made;
}

function insertBelow(
  call: Call,
  { target, navigation }: Nested['relation'],
  row: unknown,
  parent: string,
): ApiError | undefined {
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    return errors.badSyntax(`A row of ${target.set} has to be an object.`);
  const made = insertAll(call, target, { ...row, [`${navigation}@odata.bind`]: parent });
  if (made === undefined) return errors.badSyntax(`Rows of ${target.set} cannot be created.`);
  return 'error' in made ? made.error : undefined;
}

/** The members of a body that are the row's own, and the rows below it. */
function apart(table: AnyTable, body: Body): { own: Body; nested: readonly Nested[] } {
  const own: Record<string, unknown> = {};
  const nested: Nested[] = [];
  for (const [name, value] of Object.entries(body)) {
    const relation = Array.isArray(value) ? relationOf(table, name) : undefined;
    if (relation?.kind === 'many') nested.push({ relation, rows: value as unknown[] });
    else own[name] = value;
  }
  return { own, nested };
}
