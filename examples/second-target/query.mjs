/** Reading rows of any table: the query options of a collection and of a single row. */
import { odata, refuse } from './answers.mjs';
import { comparable, compileFilter } from './filter.mjs';
import { annotationsWanted } from './prefer.mjs';

/**
 * A table: `set` and `entity` name it, `key` is its id column, `columns` gives each column's `type`
 * (guid, string, number, boolean, datetime, picklist) and a picklist's `labels`, `always` lists
 * columns that every answer carries. A row: `{ etag, sequence, values }`.
 */

const FORMATTED = 'OData.Community.Display.V1.FormattedValue';
const LARGEST_PAGE = 5000;
const OPTIONS = ['$select', '$filter', '$orderby', '$top', '$count', '$skiptoken'];

/** GET of a collection. */
export function answerCollection(request, table, rows) {
  const { query } = request;
  allowOptions(query, OPTIONS);
  const select = chosenColumns(query, table);
  const order = orderOf(query.get('$orderby'), table);
  const filter = query.get('$filter');
  const test = filter === null ? () => true : compileFilter(filter, table);
  const matching = rows.filter((row) => test(row.values)).sort(order.compare);

  const size = Number(request.prefer.get('odata.maxpagesize')?.value);
  const paged = Number.isInteger(size) && size > 0;
  const after = cookieOf(query.get('$skiptoken'), order);
  let left =
    after === null ? matching : matching.filter((row) => order.compareKeys(order.keyOf(row), after) > 0);
  // With a page size the Web API pays no regard to $top.
  if (query.has('$top') && !paged) left = left.slice(0, wholeNumber(query.get('$top'), '$top'));
  const page = left.slice(0, paged ? Math.min(size, LARGEST_PAGE) : LARGEST_PAGE);

  const body = { '@odata.context': context(request, table, select) };
  if (isTrue(query.get('$count'))) body['@odata.count'] = Math.min(matching.length, LARGEST_PAGE);
  body.value = page.map((row) => project(row, table, select, request.prefer));
  if (page.length < left.length) body['@odata.nextLink'] = nextLink(request, order.keyOf(page.at(-1)));
  const applied = appliedAnnotations(request.prefer);
  if (paged) applied.push(`odata.maxpagesize=${size}`);
  return odata(200, body, applied.length > 0 ? { 'preference-applied': applied } : {});
}

/** GET of the number of rows, as text. */
export function answerCount(rows) {
  return {
    status: 200,
    headers: { 'odata-version': '4.0', 'content-type': 'text/plain' },
    body: String(Math.min(rows.length, LARGEST_PAGE)),
  };
}

/** A single row, as GET gives it, or a write that asked for the representation. */
export function answerRow(request, table, row, { status = 200, headers = {} } = {}) {
  allowOptions(request.query, ['$select']);
  const select = chosenColumns(request.query, table);
  const body = {
    '@odata.context': `${context(request, table, select)}/$entity`,
    ...project(row, table, select, request.prefer),
  };
  const applied = [...(headers['preference-applied'] ?? []), ...appliedAnnotations(request.prefer)];
  return odata(status, body, {
    ...headers,
    etag: row.etag,
    ...(applied.length > 0 ? { 'preference-applied': applied } : {}),
  });
}

/**
 * Holds a write against `If-Match`: `*` and the row's own tag pass.
 *
 * @throws {Refusal} 412 for another tag
 */
export function checkEtag(ifMatch, row) {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const opaque = (tag) => tag.trim().replace(/^W\//, '');
  if (!ifMatch.split(',').some((tag) => opaque(tag) === opaque(row.etag))) throw refuse.staleEtag();
}

function allowOptions(query, known) {
  for (const name of query.keys()) {
    if (name.startsWith('$') && !known.includes(name))
      throw refuse.query(`The query option '${name}' is not supported here.`);
  }
}

function chosenColumns(query, table) {
  const text = query.get('$select');
  if (text === null || text.trim() === '*') return null;
  const names = text.split(',').map((name) => name.trim());
  for (const name of names)
    if (!Object.hasOwn(table.columns, name)) throw refuse.unknownColumn(name, table.entity);
  return names;
}

function orderOf(text, table) {
  const terms = (text ?? '')
    .split(',')
    .filter((term) => term.trim() !== '')
    .map((term) => {
      const [, name, direction = 'asc'] = /^\s*(\S+)(?:\s+(asc|desc))?\s*$/.exec(term) ?? [];
      if (name === undefined) throw refuse.query(`'${term}' in $orderby is no column with asc or desc.`);
      if (!Object.hasOwn(table.columns, name)) throw refuse.unknownColumn(name, table.entity);
      return { name, type: table.columns[name].type, sign: direction === 'desc' ? -1 : 1 };
    });
  const keyOf = (row) => [...terms.map(({ name, type }) => comparable(row.values[name], type)), row.sequence];
  const compareKeys = (a, b) => {
    for (const [index, value] of a.entries()) {
      const found = ascending(value, b[index]) * (terms[index]?.sign ?? 1);
      if (found !== 0) return found;
    }
    return 0;
  };
  return { keyOf, compareKeys, length: terms.length + 1, compare: (a, b) => compareKeys(keyOf(a), keyOf(b)) };
}

function ascending(a, b) {
  if (a === b) return 0;
  if (a === null) return -1;
  return b === null || a > b ? 1 : -1;
}

/**
 * The skip token holds the sort key of the last row given, not a number of rows: so rows that come
 * or go between two pages make none appear twice.
 */
function nextLink(request, key) {
  const query = new URLSearchParams(request.query);
  query.set('$skiptoken', Buffer.from(JSON.stringify(key)).toString('base64url'));
  return `${request.origin}${request.path}?${query}`;
}

function cookieOf(token, order) {
  if (token === null) return null;
  try {
    const key = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (Array.isArray(key) && key.length === order.length) return key;
  } catch {
    // Told below: a token that was not given out here is as wrong as one of another query.
  }
  throw refuse.query('The $skiptoken is not one that this query was given.');
}

function project({ etag, values }, table, select, prefer) {
  const wanted = annotationsWanted(prefer);
  const names =
    select === null
      ? Object.keys(table.columns)
      : [...new Set([...select, ...(table.always ?? []), table.key])];
  const result = { '@odata.etag': etag };
  for (const name of names) {
    const value = values[name] ?? null;
    const label = wanted(FORMATTED) ? formatted(value, table.columns[name]) : undefined;
    if (label !== undefined) result[`${name}@${FORMATTED}`] = label;
    result[name] = value;
  }
  return result;
}

function formatted(value, { type, labels }) {
  if (value === null) return undefined;
  if (type === 'picklist') return labels[value];
  if (type === 'boolean') return value ? 'Yes' : 'No';
  if (type === 'datetime')
    return new Date(value).toLocaleString('en-US', {
      timeZone: 'UTC',
      dateStyle: 'short',
      timeStyle: 'short',
    });
  return type === 'number' ? value.toLocaleString('en-US') : undefined;
}

function appliedAnnotations(prefer) {
  const value = prefer.get('odata.include-annotations')?.value;
  return value ? [`odata.include-annotations="${value}"`] : [];
}

function context(request, table, select) {
  return `${request.origin}/api/data/v9.2/$metadata#${table.set}${select === null ? '' : `(${select.join(',')})`}`;
}

function isTrue(text) {
  if (text === null || text === 'false') return false;
  if (text === 'true') return true;
  throw refuse.query(`'${text}' is no value of $count.`);
}

function wholeNumber(text, option) {
  if (/^\d+$/.test(text)) return Number(text);
  throw refuse.query(`'${text}' is no value of ${option}.`);
}
