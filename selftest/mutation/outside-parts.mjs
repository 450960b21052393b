// What of the simulator the contract says nothing about: reason → file below `simulator/` → what of it.

const rows = 'no clause is about rows that a client writes or deletes itself';
const methods = 'no clause is about other methods on the table, or about /$count';
const open = 'the documentation leaves this open, and the suite accepts every choice';
const text = 'the text and the code of this error are in no clause';
const noJson = 'no clause is about bodies that are no JSON object';
const keys = 'no clause is about keys of other forms than (id)';
const hook = 'only deviations take another way here';
const guard = 'a second guard: the door has refused already';
const capacity = 'only the limit of attempts at one time depends on it, and there is none by default';
const patch = 'only 204, no body and OData-Version are fixed of the answer to an accepted PATCH';
const paths = 'no clause is about paths that lead nowhere, or about percent-encoded ones';
const functions = 'no clause is about functions, parameter aliases and partitions in a query';
const labels = 'only the labels of choices are documented, not how numbers and dates are formatted';
const constants = 'no clause is about constants on the left, booleans or null in a filter';
const synchronous = 'no clause is about the code and the status of a synchronous error, but that it is one';
const wrong = 'no clause is about queries that are wrong, but for an unknown column in $select';
const cache = 'no clause is about Cache-Control';
const speed = 'only the time that a query takes depends on it';
const types = 'no clause is about filters on columns of other types';
const others = 'no clause is about other annotations, or about the echo of odata.maxpagesize';
const typeNames = 'the names of types stand in messages only';

/** By the names of functions, constants and members; `*` is the whole file but for what a clause fixes. */
export const namedParts = {
  [rows]: {
    'web-api/backgroundoperations.ts': ['create', 'insert', 'remove'],
    'web-api/operation-columns.ts': ['text', 'whole', 'writable', 'platformOwned', 'ignored', 'rowDefaults'],
    'web-api/operation-rows.ts': ['*'],
  },
  'a message of its own, which the suite only asks for the id of a user': { 'web-api/who-am-i.ts': ['*'] },
  'the clock interface belongs to the suite, not to Dataverse': { 'web-api/clock.ts': ['*'] },
  [functions]: {
    'web-api/query/functions.ts': ['*'],
    'web-api/query/filter.ts': ['#aliasToken', '#call', '#argument'],
    'web-api/query/condition.ts': ['membership', 'textTest'],
    'web-api/query/literal.ts': ['literalForIn'],
    'web-api/query/tokens.ts': ['endOfArray'],
    'web-api/query/query.ts': ['filterOf'],
  },
  [constants]: { 'web-api/query/condition.ts': ['flipped'] },
  'no clause is about numbers with a fraction or an exponent': { 'web-api/query/literal.ts': ['decimal'] },
  'the text around the id of a missing row is in no clause': { 'web-api/errors.ts': ['details'] },
  [methods]: { 'web-api/query/table-query.ts': ['countCollection', 'countRows'] },
  [labels]: {
    'web-api/query/annotations.ts': ['wholeNumber', 'dayOf', 'timeOf', 'totalCount', 'totalCountExceeded'],
  },
  'the cookie of a page is opaque to clients': { 'web-api/query/skip-token.ts': ['outerForm', 'innerForm'] },
  'no clause is about pages of the tables beside backgroundoperations': {
    'web-api/query/source.ts': ['listSource'],
  },
  'where numbers at random come from is nobody’s business': { 'core/random.ts': ['*'] },
  [typeNames]: {
    'web-api/query/comparable.ts': ['columnTypeName'],
    'web-api/query/literal.ts': ['literalTypeName'],
    'web-api/query/term.ts': ['operatorKinds', 'termTypeName'],
    'web-api/query/filter.ts': ['capital'],
    'web-api/custom-api.ts': ['literal'],
  },
  [text]: {
    'web-api/query/problem.ts': ['*'],
    'web-api/errors.ts': ['*'],
    'web-api/operation-columns.ts': ['wrong', 'badChoice'],
  },
  [synchronous]: { 'web-api/custom-api.ts': ['statusOfCode', 'failureAnswer'] },
  [paths]: { 'web-api/router.ts': ['decoded'] },
  [speed]: { 'web-api/query/run.ts': ['inSourceOrder'] },
};

/** By how a statement, a case or an object begins; behind `=` a whole expression. White space counts once. */
export const statements = {
  [open]: {
    'core/step.ts': ['const startTime =', 'const forgotten =', 'const kept =', 'const shown ='],
    'core/lifecycle.ts': ['const retried ='],
    'web-api/backgroundoperations.ts': [
      'const sameSession',
      'const upserts',
      'return upserts',
      "if (request.headers['if-none-match'] === '*')",
      'if (ifMatch === undefined &&',
      "if (choices.partialPatch === 'refused')",
      '=changes.state !== undefined || changes.status !== undefined',
      '=changes.state === state && changes.status === status',
      'const again',
      'const message = again',
    ],
    'web-api/monitor.ts': ['const again', 'const message = again', 'const body = flat'],
    'web-api/router.ts': ['if (capitalMonitorPath &&'],
    'web-api/operation-columns.ts': ['if (!isCode('],
  },
  [rows]: {
    'web-api/backgroundoperations.ts': ['if (after !== undefined && Object.keys'],
    'web-api/operation-columns.ts': [
      "if (typeof value !== 'string' || !isGuid(value))",
      'id = ',
      'if (!fits(value))',
      'columns[member] =',
      'return { error: errors.invalidOperation(',
      'return { error: errors.unknownProperty(',
      "=column.includes('@') || ignored.has(column)",
      '=column === table.key',
      '=platformOwned.has(column)',
      '=rule !== undefined',
    ],
  },
  [methods]: {
    'web-api/backgroundoperations.ts': [
      "case 'HEAD':",
      "case 'DELETE':",
      'default:',
      "if (method === 'POST'",
      "if (method !== 'GET'",
      "return { status: 200, headers: [['Content-Type', 'text/plain']",
      "=typeof answer.body === 'object'",
      "=rest === '/$count'",
      "const query = rest === ''",
    ],
    'web-api/custom-api.ts': ["if (request.method !== 'POST')"],
  },
  'no clause is about conditional reads': {
    'web-api/backgroundoperations.ts': ['if (preferences.annotations === undefined &&'],
  },
  [patch]: {
    'web-api/backgroundoperations.ts': [
      'const session:',
      'const entity:',
      'const applied: Field =',
      'if (!call.preferences.returnRepresentation)',
      "return answered(renderRow(tableRequest(call, 'key'), operation)",
    ],
  },
  [noJson]: {
    'web-api/backgroundoperations.ts': ['if (body.error !== undefined)', 'if (read.error !== undefined)'],
    'web-api/custom-api.ts': ['if (body.error !== undefined)'],
    'web-api/body.ts': ["if (text.trim() === '')", 'return { error:', '{ error: errors.notAnObject() }'],
  },
  [keys]: {
    'web-api/row-key.ts': [
      "const [first = '', ...others]",
      'if (others.length > 1',
      'const plain',
      'const named',
    ],
  },
  [hook]: {
    'core/step.ts': ['if (next.operation === operation)', 'if (operation.executing && decisions.cancelStops'],
    'web-api/custom-api.ts': ['return ran === undefined'],
  },
  [guard]: {
    'core/step.ts': ['if (operation.canceled || isTerminal(operation))'],
    'web-api/monitor.ts': ['if (after === undefined)'],
  },
  [capacity]: { 'core/step.ts': ["{ kind: 'attempt-over'"] },
  'no clause is about a user who holds one of the two privileges': {
    'web-api/monitor.ts': ['const action ='],
  },
  'no clause is about a callback to what is no URL': {
    'web-api/custom-api.ts': ['if (callbackUrl !== undefined &&'],
  },
  'the probe has properties': { 'web-api/custom-api.ts': ['if (api.properties.length === 0)'] },
  [paths]: {
    'web-api/router.ts': [
      "return { kind: 'none' }",
      "{ kind: 'none' }",
      "case 'none':",
      'if (segment === messages.complete',
      'if (segment === messages.whoAmI',
    ],
  },
  'a preference given twice, one without a name, and a quoted text that never ends are in no clause': {
    'core/prefer.ts': ["if (name === '' ||", "if (key !== '' &&", 'const end =', '=at < text.length'],
  },
  [labels]: {
    'web-api/query/annotations.ts': [
      'const pattern =',
      'wanted =',
      "case 'integer':",
      "case 'bigint':",
      "case 'boolean':",
      "case 'datetime':",
      "case 'date':",
      'default:',
    ],
  },
  [constants]: {
    'web-api/query/condition.ts': ["case 'constant':", '=cell !== null && operand !== null'],
    'web-api/query/term.ts': [
      "if (term.kind === 'literal' &&",
      "if (term.kind === 'column' &&",
      "if (left.kind === 'literal' &&",
      "if (right.kind === 'literal' && left.kind === 'condition'",
    ],
    'web-api/query/comparable.ts': ['if (value === null)', 'if (left === null)', 'if (right === null)'],
    'web-api/query/literal.ts': ["if (word === 'null')", "if (literal.type === 'null')"],
  },
  'no clause is about options of a collection on one row': {
    'web-api/query/query.ts': ['const other =', 'if (other)'],
  },
  [wrong]: {
    'web-api/query/filter.ts': [
      'if (!tokens.ok)',
      "if (term && this.#token.kind !== 'end')",
      "if (token.kind !== 'word' && token.kind !== 'text')",
      'if (this.#token.kind !== kind)',
      'this.#problem ??= problem',
    ],
    'web-api/query/query.ts': [
      'if (!read.ok)',
      'if (!filter.ok)',
      'if (!order.ok)',
      'if (!top.ok)',
      'if (!count.ok)',
      'if (!start.ok)',
    ],
    'web-api/query/order.ts': ['if (!found.ok)', 'at += item.length + 1'],
    'web-api/query/schema.ts': ['at += item.length + 1'],
  },
  [functions]: {
    'web-api/query/order.ts': ["=name.startsWith('@')", "=aliases.get(name)?.trim() ?? 'null'"],
    'web-api/query/filter.ts': ["if (token.kind === 'word' && this.#tokens", "if (word.startsWith('@'))"],
  },
  [cache]: {
    'web-api/call.ts': ["='Cache-Control'", "='no-cache'"],
    'web-api/monitor.ts': ["='Cache-Control'", "='no-cache'"],
  },
  [types]: {
    'web-api/query/literal.ts': [
      "case 'bigint':",
      "case 'boolean':",
      "if (word === 'true' ||",
      'if (decimal.test(word))',
      'if (time === undefined)',
      "=literal.type === 'date'",
      "=literal.type === 'decimal'",
    ],
    'web-api/query/comparable.ts': ["case 'bigint':", "case 'date':"],
  },
  [speed]: {
    'web-api/query/table-query.ts': ['if (known)', 'schemas.set('],
  },
  [others]: {
    'web-api/query/table-query.ts': ['if (wants(annotations, annotationNames.totalCount', 'const applied ='],
  },
  'no clause is about counts beyond 5000': { 'web-api/query/run.ts': ['if (count === countLimit)'] },
};
