import { jsonObject } from '../plain.ts';
import type { Kit } from '../test-kit.ts';

/** Where the Web API of a kit begins. */
export const webApiPath = '/api/data/v9.2/';

type Row = Record<string, unknown>;

/** Gets something of the Web API; `path` stands below its root. Rows and error are undefined where there are none. */
export async function getRows(kit: Kit, path: string, headers: Record<string, string> = {}) {
  const answer = await kit.call('GET', `${webApiPath}${path}`, { headers });
  const json = jsonObject(answer.body) ?? {};
  return { status: answer.status, json, rows: json.value as Row[], error: json.error as Row | undefined };
}
