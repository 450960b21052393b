import type { Call, Handled } from './call.ts';
import { refused } from './call.ts';
import { errors } from './errors.ts';
import { readArguments } from './function-arguments.ts';
import { listRows } from './small-table-reads.ts';
import { catalogNames, performable } from './tables/catalogs.ts';
import { customApis } from './tables/customapis.ts';
import { anyTable } from './tables/small-table.ts';

/** What the designer of flows calls to list what can be performed in the background. */
export const performableFunction = {
  name: 'GetBackgroundOperations',
  parameters: ['catalogUniqueName', 'categoryUniqueName', 'entityLogicalName'],
} as const;

const table = anyTable(customApis);
const parameters = performableFunction.parameters.map((uniqueName) => ({
  uniqueName,
  type: 'String' as const,
}));

/**
 * `GET GetBackgroundOperations(catalogUniqueName='…',categoryUniqueName='…',entityLogicalName='…')`: the custom APIs
 * that a flow can perform; undefined for another name. What it answers is documented nowhere: here rows of
 * `customapis`, with all that a query of a collection may ask for. Nothing is bound to a table.
 */
export function performableOperations(
  call: Call,
  segment: string,
  tail: string,
): Handled | Promise<Handled> | undefined {
  if (segment !== performableFunction.name) return undefined;
  const { request, world } = call;
  const read = readArguments({ parameters }, tail, request.query);
  if (read.error !== undefined) return refused('other', read.error);
  const given = Object.keys(read.value);
  if (given.length !== parameters.length || parameters.some(({ uniqueName }) => !given.includes(uniqueName)))
    return refused('other', errors.noSegment(`${segment}${tail}`));
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refused('other', errors.noMethod(request.method, 'GET'));
  const { catalogUniqueName, categoryUniqueName, entityLogicalName } = read.value;
  const strange = Object.values(read.value).find((value) => value !== null && typeof value !== 'string');
  if (strange !== undefined)
    return refused('other', errors.wrongType(JSON.stringify(strange).slice(0, 100), 'Edm.String'));
  const fits =
    [...all, catalogNames.catalog].includes(catalogUniqueName) &&
    [...all, catalogNames.category].includes(categoryUniqueName) &&
    all.includes(entityLogicalName);
  return listRows(call, table, fits ? performable(world) : [], { path: `${segment}${tail}`, count: false });
}

/** What stands for every catalog and category, and for no table. */
const all: readonly unknown[] = [null, '', 'none'];
