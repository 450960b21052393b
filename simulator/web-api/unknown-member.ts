import type { ApiError } from './errors.ts';
import { errors } from './errors.ts';
import type { AnyTable } from './tables/small-table.ts';

/** The refusal of the first member of a body that the table does not have. Annotations beside a value say nothing new. */
export function unknownMember(
  { takes, columns, key, entity }: AnyTable,
  body: Readonly<Record<string, unknown>>,
): ApiError | undefined {
  if (takes === undefined) return undefined;
  for (const member of Object.keys(body)) {
    const [name = '', annotation] = member.split('@', 2);
    if (name === '' || name === key) continue;
    if (annotation === 'odata.bind') {
      const known = columns.some(({ lookup }) => lookup?.navigation === name) || takes.includes(name);
      if (!known) return errors.undeclaredLink(name);
    } else if (annotation === undefined) {
      const known = columns.some((column) => column.name === name) || takes.includes(name);
      if (!known) return errors.unknownProperty(name, entity);
    }
  }
  return undefined;
}
