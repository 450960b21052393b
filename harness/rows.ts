import type { Answer, JsonObject } from './answer.ts';
import type { Client } from './client.ts';
import { Undecided } from './verdict.ts';

/** A row that the suite created in a target, so that it can remove it again. */
export interface RegisteredRow {
  readonly set: string;
  readonly id: string;
}

/** The id at the end of `OData-EntityId`; undefined where the answer names no row that it created. */
export function createdId(answer: Answer): string | undefined {
  const id = /\(([0-9a-f-]{36})\)\s*$/i.exec(answer.header('OData-EntityId') ?? '')?.[1];
  return answer.ok ? id : undefined;
}

/** Creates a row and gives its id. */
export async function createRow(client: Client, set: string, body: JsonObject): Promise<RegisteredRow> {
  const answer = await client.api('POST', set, { body });
  const id = createdId(answer);
  if (id === undefined)
    throw new Undecided(`the suite could not create a row of ${set}: ${answer.describe()}`);
  return { set, id };
}

/** Deletes a row that the suite created; a row that is already gone is fine. */
export async function deleteRegisteredRow(
  client: Client,
  row: RegisteredRow,
  timeoutMs?: number,
): Promise<Answer> {
  return client.api('DELETE', `${row.set}(${row.id})`, timeoutMs === undefined ? {} : { timeoutMs });
}
