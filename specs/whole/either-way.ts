import { table } from '../../contract/vocabulary.ts';
import type { JsonObject } from '../../harness/answer.ts';
import { cancelation, needsTable, sendAs, single, type Harmless } from './harmless-request.ts';

/** Bodies of an update that say something else than a cancellation, or more. */
const otherUpdates: Readonly<Record<string, JsonObject>> = {
  'the status alone': { [table.status]: 22 },
  'the state alone': { [table.state]: 2 },
  'the codes of the end': { [table.state]: 3, [table.status]: 32 },
  'a column that is not there': { ...cancelation, bgop_nosuchcolumn: 'x' },
  'codes as texts': { [table.state]: '2', [table.status]: '22' },
};

/** What a target may accept or refuse: refused, it must leave no trace. */
export function eitherWay(): Harmless[] {
  const common = { everywhere: false, clause: 'state.legal-history', mayBeAccepted: true } as const;
  const updates = Object.entries(otherUpdates).map(([what, body]): Harmless => ({
    ...common,
    ...single(`PATCH of the row with ${what}`, ({ as }, operation) =>
      as('initiator').api('PATCH', operation.rowResource(), { headers: [['If-Match', '*']], body }),
    ),
    offered: (offers) => offers.table,
  }));
  const byOther = ['DELETE of the monitor', 'PATCH of the row'].map((name): Harmless => ({
    ...common,
    ...single(`${name} by another user`, (tools, operation) => sendAs(tools, 'other', operation, name)),
    offered: ({ other, table: offersTable }) => other && (offersTable || !needsTable(name)),
  }));
  return [...updates, ...byOther];
}
