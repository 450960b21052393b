import type { Choices } from './choices.ts';
import { parseExact } from './http/exact-json.ts';
import { newGuid } from './core/guid.ts';
import type { Field, PlainAnswer, PlainRequest } from './plain.ts';
import { isJsonObject } from './plain.ts';
import { soapForm } from './soap-form.ts';
import type { World } from './world.ts';

/** What the server recommends to who sends requests side by side; the documentation's clients read it. */
const degreeOfParallelism = '4';

/** The last touch on every answer: the request's own id, and the chosen look. */
export function finishAnswer(answer: PlainAnswer, request: PlainRequest, world: World): PlainAnswer {
  const { choices } = world;
  const id = newGuid();
  const headers: Field[] = [
    ...answer.headers,
    ['x-ms-service-request-id', id],
    ['REQ_ID', id],
    ['x-ms-dop-hint', degreeOfParallelism],
  ];
  if (choices.extraHeaders) headers.push(['X-Source', String(id.length)]);
  const body = request.method === 'HEAD' ? undefined : answer.body;
  return {
    status: answer.status,
    headers: choices.headerCasing === 'documented' ? headers : headers.map((each) => cased(each, choices)),
    body: formed(body, world),
  };
}

function formed(body: string | undefined, world: World): string | undefined {
  if (body?.startsWith('<s:Envelope') === true) return soapForm(body, world.choices);
  return world.choices.memberOrder === 'documented' ? body : reordered(body, world);
}

function cased([name, value]: Field, { headerCasing }: Choices): Field {
  return [headerCasing === 'lower' ? name.toLowerCase() : name.toUpperCase(), value];
}

/** The members of a JSON object, and of the rows in it, in another order; text that is no JSON stays. */
function reordered(body: string | undefined, world: World): string | undefined {
  if (body === undefined || !body.startsWith('{')) return body;
  return JSON.stringify(reorder(parseExact(body), world));
}

function reorder(value: unknown, world: World): unknown {
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([name, each]): [string, unknown] => [
    name,
    name === 'value' && Array.isArray(each) ? each.map((row) => reorder(row, world)) : each,
  ]);
  if (world.choices.memberOrder === 'reversed') return Object.fromEntries(members.reverse());
  const keyed = members.map((member) => ({ member, key: world.random() }));
  return Object.fromEntries(keyed.sort((a, b) => a.key - b.key).map(({ member }) => member));
}
