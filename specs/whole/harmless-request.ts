import type { ClauseId } from '../../contract/clauses.ts';
import { table } from '../../contract/vocabulary.ts';
import type { Answer, JsonObject } from '../../harness/answer.ts';
import type { Principal } from '../../harness/auth.ts';
import type { CheckTools } from '../../harness/collect.ts';
import type { Operation } from '../../harness/operation.ts';
import type { Capabilities } from '../../harness/capabilities.ts';

/** What it takes to send such a request. */
export type HarmlessTools = Pick<CheckTools, 'as' | 'target'>;

/** One request that was sent, and whether its answer refuses it as it should; undefined where that is not this check's matter. */
export interface HarmlessAnswer {
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
  /** Whether it is refused for want of the privileges, which should be said so. */
  readonly lacksPrivileges?: true;
  /** Whether the documentation lets a target accept it: then it must change nothing only where it is refused. */
  readonly mayBeAccepted?: true;
  readonly send: (
    tools: HarmlessTools,
    operation: Operation,
    stale: string | undefined,
  ) => Promise<readonly HarmlessAnswer[]>;
}

export const cancelation = { [table.state]: 2, [table.status]: 22 };

/** One request whose answer `refused` judges. */
export function single(
  what: string,
  send: (tools: HarmlessTools, operation: Operation, stale: string | undefined) => Promise<Answer>,
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

export const column = 'GET of a column of the row';
export const headOfMonitor = 'HEAD of the monitor';
export const headOfRow = 'HEAD of the row';
export const countOfRows = 'GET of the count of rows';
/** Further ways to name a row: by its key's name, in its partition, and by the alternate key of elastic tables. */
const otherNames: Readonly<Record<string, (id: string) => string>> = {
  'GET of the row by the name of its key': (id) => `${table.set}(${table.key}=${id})`,
  'GET of the row in its partition': (id) => `${table.set}(${id})?partitionId=${id}`,
  'GET of the row by its alternate key': (id) => `${table.set}(${table.key}=${id},partitionid='${id}')`,
};
/** Requests for a row by another of its names. */
export const byOtherNames = Object.keys(otherNames);
/** A target need not offer these: whatever is refused is right. */
export const optional: ReadonlySet<string> = new Set([
  ...[column, headOfMonitor, headOfRow, countOfRows],
  ...byOtherNames,
]);

/** The requests to an operation that a stranger may try. */
function requests({ target }: HarmlessTools, operation: Operation): Readonly<Record<string, Sent>> {
  const { probe } = target.config.target;
  return {
    'DELETE of the monitor': { method: 'DELETE', monitor: true },
    'GET of the monitor': { method: 'GET', monitor: true },
    'PATCH of the row': { method: 'PATCH', resource: operation.rowResource(), body: cancelation },
    'GET of the row': { method: 'GET', resource: operation.rowResource() },
    [headOfMonitor]: { method: 'HEAD', monitor: true },
    [headOfRow]: { method: 'HEAD', resource: operation.rowResource() },
    [column]: { method: 'GET', resource: `${operation.rowResource()}/name` },
    ...Object.fromEntries(
      Object.entries(otherNames).map(([name, write]): [string, Sent] => [
        name,
        { method: 'GET', resource: write(operation.id) },
      ]),
    ),
    [countOfRows]: { method: 'GET', resource: `${table.set}/$count` },
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

export const needsTable = (name: string): boolean => name.includes('row');

export async function sendAs(
  tools: HarmlessTools,
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
