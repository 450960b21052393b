/** The tables around events: their rows, and what clients may do with them. */
import { randomUUID } from 'node:crypto';
import { guidOf, odata, ODATA_HEADERS, refuse } from './answers.mjs';
import { answerCollection, answerCount, answerRow, checkEtag } from './query.mjs';
import { REGISTRY_TABLES } from './registry-tables.mjs';
import { EXTENSION_PRIVILEGE, missingPrivileges } from './users.mjs';

/**
 * A registry with its rows: `insert`, `update`, `remove`, `get` and `list` by name of set, and
 * `answer` for a request.
 *
 * @param {object} clock
 * @param {(registry: object, set: string, values: object) => void} check  refuses a row that must not be written
 */
export function createRegistry(clock, check) {
  const tables = new Map(REGISTRY_TABLES.map((table) => [table.set, { ...table, content: new Map() }]));
  let changes = 0;

  const now = () => new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');

  function put(table, row, values) {
    const versionnumber = (changes += 1);
    row.values = { ...row.values, ...values, modifiedon: now(), versionnumber };
    row.etag = `W/"${versionnumber}"`;
    return row;
  }

  const registry = {
    get: (set, id) => tables.get(set).content.get(id),
    list: (set) => [...tables.get(set).content.values()],
    insert(set, values) {
      const table = tables.get(set);
      const id = values[table.key] ?? randomUUID();
      const row = put(
        table,
        { sequence: changes, values: { createdon: now() } },
        { ...table.defaults, ...values, [table.key]: id },
      );
      table.content.set(id, row);
      return row;
    },
    update: (set, row, values) => put(tables.get(set), row, values),
    /** Takes a row out; with an endpoint go the steps that call it. */
    remove(set, id) {
      tables.get(set).content.delete(id);
      if (set !== 'serviceendpoints') return;
      for (const step of registry.list('sdkmessageprocessingsteps')) {
        if (step.values._eventhandler_value === id)
          registry.remove('sdkmessageprocessingsteps', step.values.sdkmessageprocessingstepid);
      }
    },

    has: (set) => tables.has(set),

    /** Answers a request for a set (key undefined) or the row of that key. */
    answer(request, set, key) {
      const table = tables.get(set);
      if (request.method === 'GET' && key === undefined) {
        const rows = registry.list(set);
        return request.path.endsWith('/$count') ? answerCount(rows) : answerCollection(request, table, rows);
      }
      const allowed = [
        'GET',
        ...table.allows.filter((method) => (method === 'POST') === (key === undefined)),
      ];
      if (!allowed.includes(request.method)) throw refuse.methodNotAllowed(allowed.join(', '));
      if (request.method === 'GET') return answerRow(request, table, existing(table, key));

      const missing = missingPrivileges(request.user, [EXTENSION_PRIVILEGE]);
      if (missing.length > 0) throw refuse.unprivileged(request.user, missing);
      if (request.method === 'POST') return create(request, table);
      const row = existing(table, key);
      checkEtag(request.headers['if-match'], row);
      if (request.method === 'PATCH') return change(request, table, row);
      registry.remove(set, row.values[table.key]);
      return { status: 204, headers: ODATA_HEADERS };
    },
  };

  function create(request, table) {
    const values = { ...table.defaults, ...readValues(request.json(), table) };
    if (table.content.has(values[table.key])) throw refuse.exists();
    check(registry, table.set, values);
    return written(request, table, registry.insert(table.set, values), 201);
  }

  function change(request, table, row) {
    const values = readValues(request.json(), table);
    if (values[table.key] !== undefined && values[table.key] !== row.values[table.key])
      throw refuse.payload('The id of a row cannot be changed.');
    check(registry, table.set, { ...row.values, ...values });
    return written(request, table, registry.update(table.set, row, values), 200);
  }

  for (const table of tables.values())
    for (const values of table.rows ?? []) registry.insert(table.set, values);
  return registry;
}

function existing(table, key) {
  const id = guidOf(key);
  if (id === undefined) throw refuse.malformedId(key);
  const row = table.content.get(id);
  if (row === undefined) throw refuse.unknownRow(table.entity, id);
  return row;
}

/** What a body says of the columns that there are; columns of the real tables that play no part here are passed over. */
function readValues(body, table) {
  const values = {};
  for (const [name, value] of Object.entries(body)) {
    if (name.endsWith('@odata.bind'))
      Object.assign(values, bound(name.slice(0, -'@odata.bind'.length), value, table));
    else if (name === table.key) values[name] = idIn(value);
    else if (table.hidden?.includes(name)) values[name] = value;
    else if (
      Object.hasOwn(table.columns, name) &&
      !['createdon', 'modifiedon', 'versionnumber'].includes(name)
    )
      values[name] = typed(name, value, table);
  }
  return values;
}

function typed(name, value, table) {
  const { type } = table.columns[name];
  const wanted = type === 'picklist' ? 'number' : type;
  if (value === null || !['string', 'number', 'boolean'].includes(wanted)) return value;
  if (typeof value !== wanted)
    throw refuse.payload(`Cannot convert the value of '${name}' to the expected type.`);
  return value;
}

function bound(property, reference, table) {
  if (!Object.hasOwn(table.binds ?? {}, property)) return {};
  const [column, set] = table.binds[property];
  const [, named, id] = /(\w+)\(([^()]+)\)$/.exec(String(reference)) ?? [];
  if (named !== set) throw refuse.payload(`'${property}' has to point into ${set}.`);
  return { [column]: idIn(id) };
}

function idIn(text) {
  const id = guidOf(String(text));
  if (id === undefined) throw refuse.malformedId(text);
  return id;
}

function written(request, table, row, statusWithBody) {
  const headers = {
    'odata-entityid': `${request.origin}/api/data/v9.2/${table.set}(${row.values[table.key]})`,
  };
  if (request.prefer.get('return')?.value !== 'representation') return odata(204, undefined, headers);
  return answerRow(request, table, row, {
    status: statusWithBody,
    headers: { ...headers, 'preference-applied': ['return=representation'] },
  });
}
