import type { ApiError } from '../errors.ts';

/** No table, column, choice or relationship has this name or id. */
export function noDefinition(type: string, name: string): ApiError {
  return { status: 404, code: '0x80041102', message: `Could not find the ${type} '${name.slice(0, 200)}'.` };
}
