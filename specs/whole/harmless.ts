import type { ClauseId } from '../../contract/clauses.ts';
import { table } from '../../contract/vocabulary.ts';
import type { Answer, JsonObject } from '../../harness/answer.ts';
import type { Principal } from '../../harness/auth.ts';
import type { CheckTools } from '../../harness/collect.ts';
import type { Operation } from '../../harness/operation.ts';
import type { Capabilities } from '../../harness/capabilities.ts';

type Tools = Pick<CheckTools, 'as' | 'target'>;

/** One request that was sent, and whether its answer refuses it as it should; undefined where that is not this check's matter. */
interface HarmlessAnswer {
  readonly what: string;
  readonly answer: Answer;
  readonly refused?: boolean;
}

/** Requests that must change nothing of an operation, whatever it is doing. */
export interface Harmless {
  readonly what: string;
  /** Whether it is tried whatever an operation is doing, rather than while it waits and runs alone. */
  readonly everywhere: boolean;
  /** The clause by which it changes nothing. */
  readonly clause: ClauseId;
  readonly offered: (offers: Capabilities) => boolean;
  readonly send: (
    tools: Tools,
    operation: Operation,
    stale: string | undefined,
  ) => Promise<readonly HarmlessAnswer[]>;
}

const cancelation = { [table.state]: 2, [table.status]: 22 };
const always = (): boolean => true;

/** One request whose answer `refused` judges. */
function single(
  what: string,
  send: (tools: Tools, operation: Operation, stale: string | undefined) => Promise<Answer>,
  refused?: (status: number) => boolean,
): Pick<Harmless, 'what' | 'send'> {
  return {
    what,
    send: async (...args) => {
      const answer = await send(...args);
      return [{ what, answer, ...(refused === undefined ? {} : { refused: refused(answer.status) }) }];
    },
  };
}

/** A token with the case of its letters turned; another one where it has none. */
function turned(known: string): string {
  const [scheme = '', ...token] = known.split(' ');
  const other = token
    .join(' ')
    .replaceAll(/[a-z]/gi, (letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    );
  return other === token.join(' ') ? 'Bearer bgop-no-such-token' : `${scheme} ${other}`;
}

/** The ways of being nobody: the value of `Authorization`, made from the initiator's. */
const strangers: Readonly<
  Record<string, { readonly from: (known: string) => string; readonly malformed?: true }>
> = {
  'with another scheme': { from: (known) => known.replace(/^\S+/, 'Basic') },
  'with an unknown token': { from: () => 'Bearer bgop-no-such-token' },
  'with a cut token': { from: (known) => known.slice(0, -3) },
  'with a longer token': { from: (known) => `${known}Aa` },
  'with a token in other letters': { from: turned },
  'with an empty token': { from: () => 'Bearer ', malformed: true },
};

const column = 'GET of a column of the row';
const headOfMonitor = 'HEAD of the monitor';
const headOfRow = 'HEAD of the row';
const count = 'GET of the count of rows';
/** A target need not offer these: whatever is refused is right. */
const optional: ReadonlySet<string> = new Set([column, headOfMonitor, headOfRow, count]);

/** The requests to an operation that a stranger may try. */
function requests({ target }: Tools, operation: Operation): Readonly<Record<string, Sent>> {
  const { probe } = target.config.target;
  return {
    'DELETE of the monitor': { method: 'DELETE', monitor: true },
    'GET of the monitor': { method: 'GET', monitor: true },
    'PATCH of the row': { method: 'PATCH', resource: operation.rowResource(), body: cancelation },
    'GET of the row': { method: 'GET', resource: operation.rowResource() },
    [headOfMonitor]: { method: 'HEAD', monitor: true },
    [headOfRow]: { method: 'HEAD', resource: operation.rowResource() },
    [column]: { method: 'GET', resource: `${operation.rowResource()}/name` },
    [count]: { method: 'GET', resource: `${table.set}/$count` },
    'GET of the list of rows': {
      method: 'GET',
      resource: `${table.set}?$filter=${table.key}%20eq%20${operation.id}`,
    },
    'POST of the custom API': {
      method: 'POST',
      resource: probe.kind === 'control' ? probe.customApi : probe.succeeds.name,
      body: operation.parts.body,
      prefer: 'respond-async',
    },
  };
}

interface Sent {
  readonly method: string;
  readonly monitor?: true;
  readonly resource?: string;
  readonly body?: JsonObject;
  readonly prefer?: string;
}

const requestNames = [
  'DELETE of the monitor',
  'GET of the monitor',
  'PATCH of the row',
  'GET of the row',
  column,
  count,
  'GET of the list of rows',
  'POST of the custom API',
];
const heads = [headOfMonitor, headOfRow];
const needsTable = (name: string): boolean => name.includes('row');

async function sendAs(
  tools: Tools,
  principal: Principal,
  operation: Operation,
  name: string,
  authorization?: string,
): Promise<Answer> {
  const {
    method,
    monitor,
    resource = '',
    body,
    prefer,
  } = requests(tools, operation)[name] ?? {
    method: 'GET',
  };
  const { as } = tools;
  const own: [string, string][] = authorization === undefined ? [] : [['Authorization', authorization]];
  if (monitor === true) return as(principal).send({ method, path: operation.parts.monitorUrl, headers: own });
  const match: [string, string][] = method === 'PATCH' ? [['If-Match', '*']] : [];
  if (prefer !== undefined) match.push(['Prefer', prefer]);
  return as(principal).api(method, resource, {
    headers: [...own, ...match],
    ...(body === undefined ? {} : { body }),
  });
}

function byStrangers(): Harmless[] {
  const offers =
    (name: string, who: 'authenticates' | 'unprivileged') =>
    (capabilities: Capabilities): boolean =>
      capabilities[who] && (!needsTable(name) || capabilities.table);
  const nobody = [...requestNames, ...heads].map((name): Harmless => ({
    ...single(
      `${name} without a token`,
      (tools, operation) => sendAs(tools, 'anonymous', operation, name),
      (status) => status === 401 || (optional.has(name) && status >= 400),
    ),
    everywhere: !name.startsWith('POST') && !optional.has(name),
    clause: 'access.anonymous',
    offered: offers(name, 'authenticates'),
  }));
  const others = requestNames.map((name): Harmless => ({
    what: `${name} by strangers of all kinds`,
    everywhere: false,
    clause: 'access.anonymous',
    offered: offers(name, 'authenticates'),
    send: async (tools, operation) => {
      const known = (await tools.target.authorization('initiator')) ?? 'Bearer none';
      const sent: HarmlessAnswer[] = [];
      for (const [how, { from, malformed }] of Object.entries(strangers)) {
        const answer = await sendAs(tools, 'anonymous', operation, name, from(known));
        // A header that is no credential at all may be called a bad request.
        const refused =
          answer.status === 401 ||
          (malformed === true && answer.status === 400) ||
          (optional.has(name) && answer.status >= 400);
        sent.push({ what: `${name} ${how}`, answer, refused });
      }
      return sent;
    },
  }));
  const unprivileged = requestNames.slice(0, 5).map((name): Harmless => ({
    ...single(
      `${name} without the privileges`,
      (tools, operation) => sendAs(tools, 'unprivileged', operation, name),
      (status) => status >= 400,
    ),
    everywhere: true,
    clause: name.includes('monitor') ? 'access.unprivileged-monitor' : 'access.unprivileged-row',
    offered: offers(name, 'unprivileged'),
  }));
  const counting: Harmless = {
    what: `${count} without the privileges`,
    everywhere: false,
    clause: 'access.unprivileged-row',
    offered: offers(count, 'unprivileged'),
    send: async (tools, operation) => {
      const answer = await sendAs(tools, 'unprivileged', operation, count);
      // Who is shown no rows may count none.
      const refused = answer.status >= 400 || answer.body.trim().replace('\ufeff', '') === '0';
      return [{ what: `${count} without the privileges`, answer, refused }];
    },
  };
  return [...nobody, ...others, ...unprivileged, counting];
}

/** Requests to something whose id only begins as that of the operation. */
const longerIds: Harmless = {
  what: 'requests to a longer id',
  everywhere: false,
  clause: 'unknown.malformed',
  offered: (offers) => offers.table,
  send: async ({ as }, operation) => {
    const client = as('initiator');
    const path = `${operation.parts.monitorUrl}0`;
    const row = operation.rowResource().replace(/\)$/, '0)');
    const match: [string, string][] = [['If-Match', '*']];
    const answers = {
      'GET of the monitor of a longer id': await client.send({ method: 'GET', path }),
      'DELETE of the monitor of a longer id': await client.send({ method: 'DELETE', path }),
      'GET of the row of a longer id': await client.api('GET', row),
      'PATCH of the row of a longer id': await client.api('PATCH', row, {
        headers: match,
        body: cancelation,
      }),
    };
    return Object.entries(answers).map(([what, answer]) => ({
      what,
      answer,
      refused: answer.status === 400 || answer.status === 404,
    }));
  },
};

const isRefusal = (status: number): boolean => status >= 400;
const withTable = ({ table: offersTable }: Capabilities): boolean => offersTable;

/** Everything that must change nothing. */
export const harmless: readonly Harmless[] = [
  ...byStrangers(),
  longerIds,
  ...(['POST', 'PUT', 'PATCH'] as const).map((method): Harmless => ({
    ...single(
      `${method} to the monitor`,
      ({ as }, { parts }) =>
        as('initiator').send({
          method,
          path: parts.monitorUrl,
          body: { backgroundOperationStateCode: 2, backgroundOperationStatusCode: 22 },
        }),
      isRefusal,
    ),
    everywhere: true,
    clause: 'monitor.only-get-and-delete',
    offered: always,
  })),
  {
    ...single(
      'PATCH of the row with a stale If-Match',
      ({ as }, operation, stale = 'W/"00000000-0000-0000-0000-000000000000"') =>
        as('initiator').api('PATCH', operation.rowResource(), {
          headers: [['If-Match', stale]],
          body: cancelation,
        }),
      isRefusal,
    ),
    everywhere: true,
    clause: 'table.etag-conditional',
    offered: withTable,
  },
  {
    ...single('GET of the monitor', (_tools, operation) => operation.getMonitor()),
    everywhere: true,
    clause: 'monitor.read-is-safe',
    offered: always,
  },
  {
    ...single('GET of the row', (_tools, operation) => operation.getRow('$select=name')),
    everywhere: true,
    clause: 'monitor.read-is-safe',
    offered: withTable,
  },
  {
    ...single('GET of the list of rows', (tools, operation) =>
      sendAs(tools, 'initiator', operation, 'GET of the list of rows'),
    ),
    everywhere: true,
    clause: 'monitor.read-is-safe',
    offered: withTable,
  },
];
