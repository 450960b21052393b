import type { Behaviour } from './behaviour.ts';
import type { Answered } from './behaviour/door.ts';
import type { OutboundRequest, Outbound } from './behaviour/delivery.ts';
import type { NamedValue, Operation } from './core/operation.ts';
import type { Column } from './core/table.ts';
import { editQuery, type JsonRecord } from './edit.ts';
import type { PlainAnswer, PlainRequest } from './plain.ts';
import { isJsonObject } from './plain.ts';
import type { Situation } from './situation.ts';

/** Replaces decisions, given those to build on: the `behaviour` of a deviation. */
export type BehaviourEdit = (contract: Behaviour) => Partial<Behaviour>;

/** Decisions that rewrite their first argument. An edit of one gets the result in place of that argument. */
const rewriting = [
  'request',
  'answer',
  'accepted',
  'afterStep',
  'keptOutputs',
  'tableRequest',
  'eventContext',
] as const;

type Rewriting = (typeof rewriting)[number];

type Rest<Arguments extends unknown[]> = Arguments extends [unknown, ...infer Others] ? Others : never;

type Edit<Name extends keyof Behaviour> = (
  decided: ReturnType<Behaviour[Name]>,
  ...args: Name extends Rewriting ? Rest<Parameters<Behaviour[Name]>> : Parameters<Behaviour[Name]>
) => ReturnType<Behaviour[Name]>;

/** Lets the contract decide, and edits what it decided: `edit('monitor', (monitor, operation) => ...)`. */
export function edit<Name extends keyof Behaviour>(name: Name, change: Edit<Name>): BehaviourEdit {
  const rewrites = (rewriting as readonly string[]).includes(name);
  return (contract) => {
    const decide = contract[name] as (...args: unknown[]) => unknown;
    const changed = change as (...args: unknown[]) => unknown;
    return { [name]: (...args: unknown[]) => changed(decide(...args), ...args.slice(rewrites ? 1 : 0)) };
  };
}

/** Edits the answers to GET of the monitor of an operation. */
export function editMonitorAnswer(
  change: (answer: PlainAnswer, operation: Operation, request: PlainRequest, about: Answered) => PlainAnswer,
): BehaviourEdit {
  return edit('answer', (answer, request, about) =>
    about.resource === 'monitor-get' && about.operation !== undefined
      ? change(answer, about.operation, request, about)
      : answer,
  );
}

/** Edits answers to requests that name, where the id of an operation belongs, the user who sends them. */
export function editOwnId(
  resource: Answered['resource'],
  change: (answer: PlainAnswer) => PlainAnswer,
): BehaviourEdit {
  return edit('answer', (answer, request, { resource: asked, user }) =>
    asked === resource && user !== undefined && request.path.toLowerCase().includes(user.id)
      ? change(answer)
      : answer,
  );
}

/** Edits columns of the table: `change` gets each of them and gives what is different. */
export function editColumns(
  names: readonly string[],
  change: (column: Column, keyValues: (values: readonly NamedValue[]) => string) => Partial<Column>,
): BehaviourEdit {
  return edit('columns', (columns, _choices, keyValues) =>
    columns.map((column) =>
      names.includes(column.name) ? { ...column, ...change(column, keyValues) } : column,
    ),
  );
}

/** Shows another value in some columns of the operations that `when` picks. */
export function showWhere(
  names: readonly string[],
  when: (operation: Operation) => boolean,
  value: (operation: Operation) => string | number | boolean | null,
): BehaviourEdit {
  return editColumns(names, (column) => ({
    show: (operation) => {
      if (when(operation)) return value(operation);
      return column.show === undefined ? column.read(operation) : column.show(operation);
    },
  }));
}

/** Edits the monitor's JSON of the operations that `when` picks; `shown` gives that of any record. */
export function monitorWhere(
  when: (operation: Operation) => boolean,
  change: (
    monitor: JsonRecord,
    operation: Operation,
    shown: (operation: Operation) => JsonRecord,
  ) => JsonRecord,
): BehaviourEdit {
  return (contract) => ({
    monitor: (operation, situation) => {
      const monitor = contract.monitor(operation, situation);
      if (!when(operation)) return monitor;
      return change(monitor, operation, (other) => contract.monitor(other, situation));
    },
  });
}

/** Whether another operation is executed at that moment. */
export function isBeside({ id }: Operation, { all }: Situation): boolean {
  for (const other of all()) if (other.executing && other.id !== id) return true;
  return false;
}

/** Edits the decoded value of a query option of every request, e.g. `$filter`; undefined drops the option. */
export function editOption(option: string, change: (value: string) => string | undefined): BehaviourEdit {
  return edit('request', (request) => editQuery(request, option, change));
}

/** Edits what is sent for one purpose. */
export function editSent(
  purpose: OutboundRequest['purpose'],
  change: (sent: OutboundRequest, about: Outbound) => OutboundRequest,
): BehaviourEdit {
  return edit('outbound', (requests, _request, about) =>
    requests.map((sent) => (sent.purpose === purpose ? change(sent, about) : sent)),
  );
}

/** Drops deliveries of one kind where `when` says so. */
export function withhold(
  kind: OutboundRequest['purpose'],
  when: (operation: Operation) => boolean,
): BehaviourEdit {
  return edit('deliveries', (due, _moment, operation) =>
    when(operation) ? due.filter((each) => each !== kind) : due,
  );
}

/** Edits the monitor's URL where the answer to a submission names it: in its headers and in its body. */
export function editLocation(change: (location: string, operation: Operation) => string): BehaviourEdit {
  return (contract) => ({
    acceptedHeaders: (operation, location, situation) =>
      contract.acceptedHeaders(operation, change(location, operation), situation),
    acceptedBody: (operation, location, situation) =>
      contract.acceptedBody(operation, change(location, operation), situation),
  });
}

/** Edits each pair of a list in the context of an event; undefined drops it. */
export function editContextList(
  list: 'InputParameters' | 'OutputParameters',
  change: (pair: JsonRecord, operation: Operation) => JsonRecord | undefined,
): BehaviourEdit {
  return edit('eventContext', (context, operation) => {
    const pairs: unknown = context[list];
    if (!Array.isArray(pairs)) return context;
    const changed = pairs.map((pair: unknown) => (isJsonObject(pair) ? change(pair, operation) : pair));
    return { ...context, [list]: changed.filter((pair) => pair !== undefined) };
  });
}

/** Answers 204 to the deletion of rows of a path, and keeps those that `keeps` says. */
export function ignoreDeletion(
  path: RegExp,
  keeps: (request: PlainRequest) => boolean = () => true,
): BehaviourEdit {
  return (contract) => ({
    request: (request, situation) => {
      const read = contract.request(request, situation);
      return read.method === 'DELETE' && path.test(read.path) && keeps(read)
        ? { ...read, method: 'GET', headers: { ...read.headers, 'x-kept': '1' } }
        : read;
    },
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      return request.headers['x-kept'] === '1' ? { ...given, status: 204, body: undefined } : given;
    },
  });
}
