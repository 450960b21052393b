import { table } from '../../contract/vocabulary.ts';
import type { Answer } from '../../harness/answer.ts';
import type { Client } from '../../harness/client.ts';
import { expect } from '../../harness/test.ts';
import type { Member, Population } from './population.ts';
import { followPages, rowId } from './table-rows.ts';

/** Whether a member belongs to the answer; undefined where its shown precision does not tell. */
export type Belongs = (member: Member) => boolean | undefined;

/**
 * Demands that a filter returns exactly the members that belong to it. Rows that are not of the
 * population are left aside, unless `alone` says that there must be none. Many clients escape the dollar sign of an
 * option, which is the same option.
 */
export async function expectMatches(
  client: Client,
  { members }: Population,
  $filter: string,
  belongs: Belongs,
  { alone = false, escaped = false }: { readonly alone?: boolean; readonly escaped?: boolean } = {},
): Promise<void> {
  const told = members.filter((member) => belongs(member) !== undefined);
  const wanted = told.filter((member) => belongs(member) === true).map(nameOf);
  const read = async (): Promise<{ found: string[]; foreign: string[]; answer: Answer | undefined }> => {
    const dollar = escaped ? '%24' : '$';
    const options = { [`${dollar}select`]: table.key, [`${dollar}filter`]: $filter };
    const pages = await followPages(client, options);
    const ids = pages.flatMap((page) => page.rows.map(rowId));
    return {
      // A row that stands in the answer twice is told twice.
      found: told.flatMap((member) => ids.filter((id) => id === member.id).map(() => nameOf(member))),
      foreign: ids.filter((id) => members.every((member) => member.id !== id)),
      answer: pages.at(-1)?.answer,
    };
  };
  const right = ({ found, foreign }: { found: string[]; foreign: string[] }): boolean =>
    found.join() === wanted.join() && (!alone || foreign.length === 0);
  // A member that waits must go on waiting: its presence keeps `consistent` from letting time pass.
  const anchor = members.find(({ kind }) => kind === 'waiting') ?? members[0];
  const seen = anchor === undefined ? await read() : await anchor.operation.consistent(read, right);
  expect(seen.found, `the own rows for $filter=${$filter}`, seen.answer).toEqual(wanted);
  if (alone) expect(seen.foreign, `the other rows for $filter=${$filter}`, seen.answer).toEqual([]);
}

function nameOf({ kind, id }: Member): string {
  return `${kind} ${id}`;
}
