/** The catalogue of what is wrong with a query: each entry is an error as Dataverse words it, as a value. */

/** An error answer: HTTP status, `error.code` and `error.message`. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** What reading client input gives: the value, or the error to answer with. Nothing is thrown for input. */
export type InputResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Problem };

/** A result that holds a value. */
export function success<T>(value: T): InputResult<T> {
  return { ok: true, value };
}

/** A result that holds an error. */
export function failure(error: Problem): { readonly ok: false; readonly error: Problem } {
  return { ok: false, error };
}

/** The code that today's service gives for a request URI it cannot make sense of. */
const uriCode = '0x80060888';
/** IsvAbortedBadRequest: what the elastic provider gives for what its storage cannot do. */
const elasticCode = '0x80048d0b';
/** NotImplemented: part of the Web API, not of this simulator. */
const notImplementedCode = '0x80040219';

function badUri(message: string): Problem {
  return { status: 400, code: uriCode, message };
}

function elastic(message: string): Problem {
  return { status: 400, code: elasticCode, message };
}

function notImplemented(what: string): Problem {
  return {
    status: 400,
    code: notImplementedCode,
    message: `The requested functionality is not yet implemented. ${what}`,
  };
}

/** Every error of the query engine. Positions are character offsets in the decoded text of the option. */
export const problems = {
  uriTooLong: (limit: number) => badUri(`The query of the request URI exceeds ${limit} characters.`),
  malformedEncoding: (text: string) => badUri(`Malformed percent-encoding in the query option '${text}'.`),
  repeatedOption: (name: string) =>
    badUri(`Query option '${name}' was specified more than once, but it must be specified at most once.`),
  unknownOption: (name: string) => badUri(`The query parameter '${name}' is not supported.`),
  skip: () => badUri('Skip Clause is not supported in CRM'),
  aggregate: (column: string, method: string) =>
    badUri(`The aggregate method '${method}' does not go with the type of the column '${column}'.`),
  orderedAggregate: () => badUri('The query node SingleValueOpenPropertyAccess is not supported'),
  expandedReference: () => badUri('Expand with $ref is only supported on lookup type navigation property.'),
  nestedExpand: () =>
    badUri(
      'Only $select and $filter clause can be provided while doing $expand on many-to-one relationship or nested one-to-many relationship.',
    ),
  expand: () => elastic('Link entities are not supported'),
  notImplementedOption: (name: string) => notImplemented(`Query option '${name}'.`),
  notImplementedFunction: (name: string) => notImplemented(`Function '${name}'.`),
  notACollection: (name: string) =>
    badUri(
      `The requested resource is not a collection. Query option '${name}' can be applied only on collections.`,
    ),

  throttled: (): Problem => ({
    status: 429,
    code: '0x80048544',
    message: 'This query cannot be executed because it conflicts with Query Throttling.',
  }),
  tooManyConditions: (): Problem => ({
    status: 400,
    code: '0x8004430c',
    message: 'Number of conditions in query exceeded maximum limit.',
  }),
  unknownProperty: (name: string, entity: string): Problem => ({
    status: 400,
    code: '0x0',
    message: `Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.${entity}'.`,
  }),
  navigation: () => elastic('Link entities are not supported'),
  columnComparison: () => elastic('Column comparison is not supported'),
  orderByLookup: (name: string) => elastic(`Ordering by the lookup column '${name}' is not supported`),
  orderByMemo: (name: string) => elastic(`Ordering by the multiple-line column '${name}' is not supported`),
  repeatedOrder: (name: string) =>
    badUri(`Duplicate property named '${name}' is not supported in '$orderby'.`),

  nonNegative: (name: string, value: string) =>
    badUri(
      `Invalid value '${value}' for ${name} query option found. The ${name} query option requires a non-negative integer value.`,
    ),
  countValue: (value: string) =>
    badUri(
      `Invalid value '${value}' for $count query option found. Valid options are 'true' and 'false', in lower case.`,
    ),
  skipToken: (): Problem => ({
    status: 400,
    code: '0x80040203',
    message: 'Invalid argument. The $skiptoken is not a paging cookie of this query.',
  }),

  unterminated: (at: number, text: string) =>
    badUri(`There is an unterminated literal at position ${at} in '${text}'.`),
  badCharacter: (character: string, at: number, text: string) =>
    badUri(`Syntax error: character '${character}' is not valid at position ${at} in '${text}'.`),
  syntax: (at: number, text: string) => badUri(`Syntax error at position ${at} in '${text}'.`),
  expressionExpected: (at: number, text: string) =>
    badUri(`Expression expected at position ${at} in '${text}'.`),
  closeExpected: (at: number, text: string) =>
    badUri(`')' or operator expected at position ${at} in '${text}'.`),
  commaExpected: (at: number, text: string) => badUri(`')' or ',' expected at position ${at} in '${text}'.`),
  openExpected: (at: number, text: string) => badUri(`'(' expected at position ${at} in '${text}'.`),
  tooDeep: () => badUri('Recursion depth exceeded allowed limit.'),
  badLiteral: (literal: string, at: number, text: string) =>
    badUri(`Unrecognized 'Edm.String' literal '${literal}' at '${at}' in '${text}'.`),
  badAlias: (name: string) =>
    badUri(`The parameter alias '${name}' must hold one literal or one column name.`),
  notBoolean: () => badUri('The $filter expression must evaluate to a single boolean value.'),
  incompatible: (left: string, right: string, operator: string) =>
    badUri(
      `A binary operator with incompatible types was detected. Found operand types '${left}' and '${right}' for operator kind '${operator}'.`,
    ),
  incompatibleNot: (type: string) =>
    badUri(
      `A unary operator with an incompatible type was detected. Found operand type '${type}' for operator kind 'Not'.`,
    ),
  negatedFunction: () =>
    badUri('Not operator along with the Custom Named Condition operators is not allowed'),
  constantComparison: () => badUri('A comparison in $filter needs a column on one of its sides.'),
  unknownFunction: (name: string) =>
    badUri(
      `An unknown function with name '${name}' was found. This may also be a function import or a key lookup on a navigation property, which is not allowed.`,
    ),
  signature: (name: string) =>
    badUri(
      `No function signature for the function with name '${name}' matches the specified arguments. The function signatures considered are: ${name}(Edm.String Nullable=true, Edm.String Nullable=true).`,
    ),
  inSignature: (name = 'In') =>
    badUri(
      `Microsoft.Dynamics.CRM.${name} takes PropertyName, a quoted column name, and PropertyValues, an array of texts.`,
    ),
  namedArguments: (name: string, count: number) =>
    badUri(
      `Microsoft.Dynamics.CRM.${name} takes PropertyName, a quoted column name${count === 1 ? '' : ', and one value'}.`,
    ),
  inValue: (value: string, column: string) =>
    badUri(`The value '${value}' does not fit the type of the column '${column}'.`),
} as const;
