import type { ClauseId } from '../../contract/clauses.ts';
import { table } from '../../contract/vocabulary.ts';
import type { Answer } from '../../harness/answer.ts';
import type { Principal } from '../../harness/auth.ts';
import type { CheckTools } from '../../harness/collect.ts';
import type { Operation } from '../../harness/operation.ts';
import type { Capabilities } from '../../harness/capabilities.ts';

type Tools = Pick<CheckTools, 'as' | 'target'>;

/** A request that must change nothing of an operation, whatever it is doing. */
export interface Harmless {
  readonly what: string;
  /** Whether it is tried whatever an operation is doing, rather than while it waits and runs alone. */
  readonly everywhere: boolean;
  /** The clause by which it changes nothing. */
  readonly clause: ClauseId;
  readonly offered: (offers: Capabilities) => boolean;
  readonly send: (tools: Tools, operation: Operation, stale: string | undefined) => Promise<Answer>;
  /** The statuses that refuse it; undefined where its answer is not this check's matter. */
  readonly refused?: (status: number) => boolean;
}

const cancelation = { [table.state]: 2, [table.status]: 22 };
const always = (): boolean => true;

/** The ways of being nobody: the value of `Authorization`, made from the initiator's. */
const strangers: Readonly<
  Record<string, { readonly from: (known: string) => string; readonly malformed?: true }>
> = {
  'with another scheme': { from: (known) => known.replace(/^\S+/, 'Basic') },
  'with an unknown token': { from: () => 'Bearer bgop-no-such-token' },
  'with a cut token': { from: (known) => known.slice(0, -3) },
  'with an empty token': { from: () => 'Bearer ', malformed: true },
};

/** The requests to an operation that a stranger may try. */
function requests(operation: Operation): Readonly<Record<string, Sent>> {
  return {
    'DELETE of the monitor': { method: 'DELETE', monitor: true },
    'GET of the monitor': { method: 'GET', monitor: true },
    'PATCH of the row': { method: 'PATCH', resource: operation.rowResource(), body: cancelation },
    'GET of the row': { method: 'GET', resource: operation.rowResource() },
    'GET of the count of rows': { method: 'GET', resource: `${table.set}/$count` },
  };
}

interface Sent {
  readonly method: string;
  readonly monitor?: true;
  readonly resource?: string;
  readonly body?: typeof cancelation;
}

const requestNames = Object.keys(requests({ rowResource: () => '' } as unknown as Operation));

async function sendAs(
  { as }: Tools,
  principal: Principal,
  operation: Operation,
  name: string,
  authorization?: string,
): Promise<Answer> {
  const { method, monitor, resource = '', body } = requests(operation)[name] ?? { method: 'GET' };
  const own: [string, string][] = authorization === undefined ? [] : [['Authorization', authorization]];
  if (monitor === true) return as(principal).send({ method, path: operation.parts.monitorUrl, headers: own });
  const match: [string, string][] = method === 'PATCH' ? [['If-Match', '*']] : [];
  return as(principal).api(method, resource, {
    headers: [...own, ...match],
    ...(body === undefined ? {} : { body }),
  });
}

function byStrangers(): Harmless[] {
  const nobody = requestNames.map((name): Harmless => ({
    what: `${name} without a token`,
    everywhere: true,
    clause: 'access.anonymous',
    offered: (offers) => offers.authenticates && (name.includes('monitor') || offers.table),
    send: (tools, operation) => sendAs(tools, 'anonymous', operation, name),
    refused: (status) => status === 401,
  }));
  const others = Object.entries(strangers).flatMap(([how, { from, malformed }]) =>
    requestNames.map((name): Harmless => ({
      what: `${name} ${how}`,
      everywhere: false,
      clause: 'access.anonymous',
      offered: (offers) => offers.authenticates && (name.includes('monitor') || offers.table),
      send: async (tools, operation) => {
        const known = (await tools.target.authorization('initiator')) ?? 'Bearer none';
        return sendAs(tools, 'anonymous', operation, name, from(known));
      },
      // A header that is no credential at all may be called a bad request.
      refused: (status) => status === 401 || (malformed === true && status === 400),
    })),
  );
  const unprivileged = requestNames.slice(0, 4).map((name): Harmless => ({
    what: `${name} without the privileges`,
    everywhere: true,
    clause: name.includes('monitor') ? 'access.unprivileged-monitor' : 'access.unprivileged-row',
    offered: (offers) => offers.unprivileged && (name.includes('monitor') || offers.table),
    send: (tools, operation) => sendAs(tools, 'unprivileged', operation, name),
    refused: (status) => status >= 400,
  }));
  return [...nobody, ...others, ...unprivileged];
}

/** Everything that must change nothing. */
export const harmless: readonly Harmless[] = [
  ...byStrangers(),
  ...(['POST', 'PUT', 'PATCH'] as const).map((method): Harmless => ({
    what: `${method} to the monitor`,
    everywhere: true,
    clause: 'monitor.only-get-and-delete',
    offered: always,
    send: ({ as }, { parts }) =>
      as('initiator').send({
        method,
        path: parts.monitorUrl,
        body: { backgroundOperationStateCode: 2, backgroundOperationStatusCode: 22 },
      }),
    refused: (status) => status >= 400,
  })),
  {
    what: 'PATCH of the row with a stale If-Match',
    everywhere: true,
    clause: 'table.etag-conditional',
    offered: ({ table: offersTable }) => offersTable,
    send: ({ as }, operation, stale = 'W/"00000000-0000-0000-0000-000000000000"') =>
      as('initiator').api('PATCH', operation.rowResource(), {
        headers: [['If-Match', stale]],
        body: cancelation,
      }),
    refused: (status) => status >= 400,
  },
  {
    what: 'GET of the monitor',
    everywhere: true,
    clause: 'monitor.read-is-safe',
    offered: always,
    send: (_tools, operation) => operation.getMonitor(),
  },
  {
    what: 'GET of the row',
    everywhere: true,
    clause: 'monitor.read-is-safe',
    offered: ({ table: offersTable }) => offersTable,
    send: (_tools, operation) => operation.getRow('$select=name'),
  },
];
