import type { Capabilities } from '../../harness/capabilities.ts';
import { eitherWay } from './either-way.ts';
import { cancelation, sendAs, single, type Harmless } from './harmless-request.ts';
import { byStrangers } from './strangers.ts';

const always = (): boolean => true;

/** Requests to something whose id only begins as that of the operation. */
const longerIds: Harmless = {
  what: 'requests to a longer id',
  everywhere: false,
  clause: 'unknown.malformed',
  offered: (offers) => offers.table,
  send: async ({ as }, operation) => {
    const client = as('initiator');
    // Behind the id of its address a query may stand.
    const path = operation.parts.monitorUrl.replace(/(?=$|[?#])/, '0');
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
  ...eitherWay(),
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
  // Whether a target knows it or not: it only reads.
  ...(
    [
      ['HEAD of the monitor', always],
      ['HEAD of the row', withTable],
    ] as const
  ).map(([name, offered]): Harmless => ({
    ...single(name, (tools, operation) => sendAs(tools, 'initiator', operation, name)),
    everywhere: false,
    clause: 'monitor.read-is-safe',
    offered,
  })),
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
