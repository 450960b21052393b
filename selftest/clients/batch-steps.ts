import { bearer, columns, insist, json, webApi, type Accepted } from './steps.ts';
import type { SmallClientRequest, ClientWorld } from './world.ts';

/** A request within a batch; the path is relative to the Web API. */
type PartRequest = Pick<SmallClientRequest, 'method' | 'headers' | 'body'> & { readonly path: string };

/** Sends several requests as one batch; those of a change set stand in a list. Gives the whole answer. */
export async function sendBatch(
  world: ClientWorld,
  parts: readonly (PartRequest | readonly PartRequest[])[],
): Promise<string> {
  const body = parts.map(
    (part) => `--batch\r\n${Array.isArray(part) ? changeSet(part) : single(part as PartRequest)}`,
  );
  const answer = await world.send({
    method: 'POST',
    url: `${webApi}/$batch`,
    headers: { ...bearer, 'Content-Type': 'multipart/mixed; boundary="batch"' },
    body: `${body.join('')}--batch--\r\n`,
  });
  insist(answer.status === 200, `the batch was answered ${answer.status}`);
  return answer.body;
}

function single({ method = 'GET', path, headers = {}, body }: PartRequest, id?: number): string {
  const fields = Object.entries({ ...(body === undefined ? {} : json), ...headers });
  return [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...(id === undefined ? [] : [`Content-ID: ${id}`]),
    '',
    `${method} ${path} HTTP/1.1`,
    ...fields.map(([name, value]) => `${name}: ${value}`),
    '',
    body ?? '',
    '',
  ].join('\r\n');
}

function changeSet(parts: readonly PartRequest[]): string {
  const sections = parts.map((part, index) => `--changes\r\n${single(part, index + 1)}`);
  return `Content-Type: multipart/mixed; boundary=changes\r\n\r\n${sections.join('')}--changes--\r\n`;
}

/** The JSON bodies of a batch's answer, in order. */
export function bodiesIn(answer: string): Record<string, unknown>[] {
  return [...answer.matchAll(/^\{.*\}\s*$/gm)].map(([text]) => JSON.parse(text) as Record<string, unknown>);
}

/** The read of a row with the six columns. */
export function rowPart({ id }: Accepted): PartRequest {
  return { path: `backgroundoperations(${id})?${columns}`, headers: { Accept: 'application/json' } };
}

/** The cancellation of a row; headers of a right client unless others are given. */
export function cancelPart(
  { id }: Accepted,
  headers: Readonly<Record<string, string>> = { 'If-Match': '*' },
): PartRequest {
  return {
    method: 'PATCH',
    path: `backgroundoperations(${id})`,
    headers,
    body: '{"backgroundoperationstatecode":2,"backgroundoperationstatuscode":22}',
  };
}
