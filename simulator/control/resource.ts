import { parseExact } from '../http/exact-json.ts';
import type { PlainAnswer, PlainRequest } from '../plain.ts';
import { isJsonObject } from '../plain.ts';
import { readBody } from '../web-api/body.ts';
import { errorAnswer, errors } from '../web-api/errors.ts';
import { ControlError } from './control-error.ts';
import type { Control, ResetOptions } from './control.ts';
import type { FaultRule } from './faults.ts';
import type { JournalFilter } from './journal.ts';
import type { NewOrganization } from './organizations.ts';
import type { SeededOperation } from './seed.ts';
import type { Snapshot } from './snapshot.ts';
import type { HandFailure, OperationFilter, OperationSummary } from './operations.ts';

const root = '/simulator/';

/** Answers a request below `/simulator/`; undefined for a path that the control interface does not have. */
export function controlResource(
  control: Control,
  request: PlainRequest,
): PlainAnswer | Promise<PlainAnswer> | undefined {
  if (!request.path.startsWith(root)) return undefined;
  const [first = '', ...rest] = request.path.slice(root.length).split('/');
  try {
    switch (first) {
      case 'reset':
        return rest.length === 0 ? reset(control, request) : undefined;
      case 'requests':
        return rest.length === 0 ? requests(control, request) : undefined;
      case 'faults':
        return rest.length < 2 ? faults(control, request, rest[0]) : undefined;
      case 'operations':
        return rest.length < 3 ? operations(control, request, rest) : undefined;
      case 'snapshots':
        return rest.length < 2 ? snapshots(control, request, rest[0]) : undefined;
      case 'restore':
        return rest.length === 0 ? restore(control, request) : undefined;
      case 'organizations':
        return rest.length < 2 ? organizations(control, request, rest[0]).catch(refused) : undefined;
      default:
        return undefined;
    }
  } catch (error) {
    return refused(error);
  }
}

function refused(error: unknown): PlainAnswer {
  if (!(error instanceof ControlError)) throw error;
  return errorAnswer({ status: error.status, code: '', message: error.message });
}

async function organizations(
  { organizations: all }: Control,
  request: PlainRequest,
  name: string | undefined,
): Promise<PlainAnswer> {
  if (name !== undefined) {
    if (request.method !== 'DELETE') return wrongMethod(request, 'DELETE');
    if (await all.remove(name)) return empty;
    throw new ControlError(`There is no organization '${name}'.`, 404);
  }
  if (request.method === 'GET') return json({ organizations: all.list() });
  if (request.method !== 'POST') return wrongMethod(request, 'GET,POST');
  return json(await all.add(bodyOf(request) as unknown as NewOrganization), 201);
}

function reset(control: Control, request: PlainRequest): PlainAnswer {
  if (request.method !== 'POST') return wrongMethod(request, 'POST');
  control.reset(bodyOf(request) as ResetOptions);
  return json({ now: new Date(control.clock.now()).toISOString() });
}

function requests({ requests: journal }: Control, request: PlainRequest): PlainAnswer {
  switch (request.method) {
    case 'GET': {
      const { format, ...asked } = queryOf(request, { numbers: ['status', 'after', 'limit'] });
      const filter: JournalFilter = asked;
      if (format === 'har') return harFile(journal.har(filter));
      if (format !== undefined && format !== 'json') {
        throw new ControlError('"format" has to be "har" or "json".');
      }
      const shown = { limit: 100, ...filter };
      return json({
        recording: journal.recording(),
        count: journal.count(filter),
        requests: journal.list(shown),
      });
    }
    case 'PATCH': {
      const { recording } = bodyOf(request);
      if (typeof recording !== 'boolean') throw new ControlError('"recording" has to be true or false.');
      journal.record(recording);
      return json({ recording });
    }
    case 'DELETE':
      journal.clear();
      return empty;
    default:
      return wrongMethod(request, 'GET,PATCH,DELETE');
  }
}

function faults({ faults: all }: Control, request: PlainRequest, id: string | undefined): PlainAnswer {
  if (id !== undefined) {
    if (request.method !== 'DELETE') return wrongMethod(request, 'DELETE');
    if (all.remove(id)) return empty;
    throw new ControlError(`There is no fault '${id}': it may be used up.`, 404);
  }
  switch (request.method) {
    case 'GET':
      return json({ faults: all.list() });
    case 'POST':
      return json(all.add(bodyOf(request) as FaultRule), 201);
    case 'DELETE':
      all.clear();
      return empty;
    default:
      return wrongMethod(request, 'GET,POST,DELETE');
  }
}

function operations(
  { operations: all }: Control,
  request: PlainRequest,
  rest: readonly string[],
): PlainAnswer | undefined {
  const [id, action] = rest;
  if (id === undefined) {
    if (request.method === 'POST') return json(all.seed(seedOf(request)), 201);
    if (request.method !== 'GET') return wrongMethod(request, 'GET,POST');
    const filter = queryOf(request, { numbers: ['state', 'status', 'limit', 'before'] }) as OperationFilter;
    return json({ count: all.count(), operations: all.list(filter) });
  }
  if (action === undefined) {
    if (request.method !== 'GET') return wrongMethod(request, 'GET');
    const operation: OperationSummary | undefined = all.get(id);
    if (operation === undefined) throw new ControlError(`There is no operation '${id}'.`, 404);
    return json(operation);
  }
  if (action !== 'finish' && action !== 'fail' && action !== 'cancel') return undefined;
  if (request.method !== 'POST') return wrongMethod(request, 'POST');
  if (action === 'cancel') return json(all.cancel(id));
  const body = bodyOf(request);
  if (action === 'fail') return json(all.fail(id, body as HandFailure));
  return json(all.finish(id, body as NonNullable<Parameters<typeof all.finish>[1]>));
}

function snapshots(
  { snapshots: all }: Control,
  request: PlainRequest,
  name: string | undefined,
): PlainAnswer {
  if (name === undefined) {
    if (request.method === 'GET') return json({ snapshots: all.list() });
    if (request.method !== 'POST') return wrongMethod(request, 'GET,POST');
    return json(all.take(bodyOf(request).name as string | undefined), 201);
  }
  const kept = all.get(name);
  if (kept === undefined) throw new ControlError(`There is no snapshot '${name}'.`, 404);
  if (request.method === 'GET') return json(kept);
  if (request.method !== 'DELETE') return wrongMethod(request, 'GET,DELETE');
  all.remove(name);
  return empty;
}

function restore({ snapshots: all, clock }: Control, request: PlainRequest): PlainAnswer {
  if (request.method !== 'POST') return wrongMethod(request, 'POST');
  const { name, snapshot } = snapshotBody(request);
  if (
    (name === undefined) === (snapshot === undefined) ||
    !(name === undefined || typeof name === 'string')
  ) {
    throw new ControlError('Name a snapshot that is kept by "name", or give its document as "snapshot".');
  }
  all.restore(name ?? (snapshot as Snapshot));
  return json({ now: new Date(clock.now()).toISOString() });
}

/** Read without the limits of a request's body: the document has as many members as there are operations. */
function snapshotBody({ body }: PlainRequest): Readonly<Record<string, unknown>> {
  try {
    const value = parseExact(body);
    if (isJsonObject(value)) return value;
  } catch {
    // Told below.
  }
  throw new ControlError('The body has to be a JSON object.');
}

/** A seeded operation; its monitor is where the request was sent to. */
function seedOf(request: PlainRequest): SeededOperation {
  return { origin: request.origin, ...bodyOf(request) } as SeededOperation;
}

function bodyOf({ body }: PlainRequest): Readonly<Record<string, unknown>> {
  const read = readBody(body);
  if (read.error !== undefined) throw new ControlError('The body has to be a JSON object.');
  return read.value;
}

/** The options of a query; those that are numbers as such. */
function queryOf(
  { query }: PlainRequest,
  { numbers }: { readonly numbers: readonly string[] },
): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const [name, text] of new URLSearchParams(query)) {
    options[name] = numbers.includes(name) && /^\d+$/.test(text) ? Number(text) : text;
  }
  return options;
}

function wrongMethod({ method }: PlainRequest, allow: string): PlainAnswer {
  return errorAnswer(errors.noMethod(method, allow));
}

/** A file that a browser saves. */
function harFile(archive: object): PlainAnswer {
  const saved = ['Content-Disposition', 'attachment; filename="simulator.har"'] as const;
  const answer = json(archive);
  return { ...answer, headers: [...answer.headers, saved] };
}

const empty: PlainAnswer = { status: 204, headers: [], body: undefined };

function json(value: object, status = 200): PlainAnswer {
  return { status, headers: [['Content-Type', 'application/json']], body: JSON.stringify(value) };
}
