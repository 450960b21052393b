/** `$filter`: from its text to a test of rows. */
import { guidOf, refuse } from './answers.mjs';

const TOKEN =
  /\s*(?:(?<text>'(?:[^']|'')*')|(?<guid>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\w-]))|(?<date>\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?)|(?<number>-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?!\w))|(?<word>[A-Za-z_@][\w.]*)|(?<mark>[(),]))/iy;

const COMPARE = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  gt: (a, b) => a !== null && b !== null && a > b,
  ge: (a, b) => a !== null && b !== null && a >= b,
  lt: (a, b) => a !== null && b !== null && a < b,
  le: (a, b) => a !== null && b !== null && a <= b,
};

const FUNCTIONS = {
  contains: (a, b) => a.includes(b),
  startswith: (a, b) => a.startsWith(b),
  endswith: (a, b) => a.endsWith(b),
};

/**
 * A value in the form in which values of its column compare: texts and ids without regard to case,
 * dates as instants.
 */
export function comparable(value, type) {
  if (value === null || value === undefined) return null;
  if (type === 'datetime') return Date.parse(value);
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/**
 * Compiles a filter over a table's columns.
 *
 * @param {string} text
 * @param {{ entity: string, columns: Record<string, { type: string }> }} table
 * @returns {(values: Record<string, unknown>) => boolean}
 * @throws {Refusal} 400 for what cannot be read, naming the column or the place
 */
export function compileFilter(text, table) {
  const tokens = tokenize(text);
  let at = 0;
  const peek = () => tokens[at];
  const isWord = (word) => peek()?.kind === 'word' && peek().text === word;
  const take = (wanted) => {
    const token = tokens[at];
    if (token === undefined || (wanted !== undefined && token.text !== wanted)) {
      throw refuse.query(
        `Syntax error in '${text}': ${wanted ?? 'more'} expected at position ${token?.position ?? text.length}.`,
      );
    }
    at += 1;
    return token;
  };

  function either() {
    let left = both();
    while (isWord('or')) {
      take();
      const [a, b] = [left, both()];
      left = (values) => a(values) || b(values);
    }
    return left;
  }

  function both() {
    let left = one();
    while (isWord('and')) {
      take();
      const [a, b] = [left, one()];
      left = (values) => a(values) && b(values);
    }
    return left;
  }

  function one() {
    if (isWord('not')) {
      take();
      const inner = one();
      return (values) => !inner(values);
    }
    if (peek()?.text === '(') {
      take();
      const inner = either();
      take(')');
      return inner;
    }
    if (peek()?.kind === 'word' && Object.hasOwn(FUNCTIONS, peek().text)) return call();
    return comparison();
  }

  function call() {
    const test = FUNCTIONS[take().text];
    take('(');
    const first = operand();
    take(',');
    const second = operand();
    take(')');
    return (values) => {
      const [a, b] = [first.read(values, 'string'), second.read(values, 'string')];
      return typeof a === 'string' && typeof b === 'string' && test(a, b);
    };
  }

  function comparison() {
    const left = operand();
    const operator = take();
    if (!Object.hasOwn(COMPARE, operator.text))
      throw refuse.query(
        `'${operator.text}' at position ${operator.position} in '${text}' is no comparison.`,
      );
    const right = operand();
    const type = left.type ?? right.type;
    for (const side of [left, right]) side.check?.(type);
    const compare = COMPARE[operator.text];
    return (values) => compare(left.read(values, type), right.read(values, type));
  }

  function operand() {
    const token = take();
    if (token.kind === 'word' && !['null', 'true', 'false'].includes(token.text)) {
      const column = Object.hasOwn(table.columns, token.text) ? table.columns[token.text] : undefined;
      if (column === undefined) throw refuse.unknownColumn(token.text, table.entity);
      return { type: column.type, read: (values) => comparable(values[token.text], column.type) };
    }
    if (token.kind === 'mark')
      throw refuse.query(`A value was expected at position ${token.position} in '${text}'.`);
    const value = literal(token);
    const check = (type) => {
      if (value !== null && !fits(value, type))
        throw refuse.query(`${token.text} in '${text}' cannot be compared with a value of type ${type}.`);
    };
    return { check, read: (_, type) => comparable(value, type) };
  }

  const test = either();
  if (peek() !== undefined) throw refuse.query(`Syntax error in '${text}' at position ${peek().position}.`);
  return test;
}

function tokenize(text) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const position = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (found === null)
      throw refuse.query(
        `There is an unreadable character or unterminated literal at position ${position} in '${text}'.`,
      );
    const [kind, content] = Object.entries(found.groups).find(([, part]) => part !== undefined);
    tokens.push({ kind, text: content, position });
  }
  return tokens;
}

function literal({ kind, text }) {
  if (kind === 'text') return text.slice(1, -1).replaceAll("''", "'");
  if (kind === 'number') return Number(text);
  if (kind === 'word') return { null: null, true: true, false: false }[text];
  return text;
}

function fits(value, type) {
  if (type === 'number' || type === 'picklist') return typeof value === 'number';
  if (type === 'boolean') return typeof value === 'boolean';
  if (typeof value !== 'string') return false;
  if (type === 'guid') return guidOf(value) !== undefined;
  return type !== 'datetime' || !Number.isNaN(Date.parse(value));
}
