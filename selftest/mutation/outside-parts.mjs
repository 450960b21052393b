// Functions and constants of the simulator that the contract says nothing about: reason → file below
// `simulator/` → names in it.
import {
  constants,
  functions,
  labels,
  made,
  methods,
  nesting,
  options,
  paths,
  rows,
  speed,
  synchronous,
  text,
  typeNames,
  wrong,
} from './outside-reasons.mjs';

/** By the names of functions, constants and members; `*` is the whole file but for what a clause fixes. */
export const namedParts = {
  [rows]: {
    'web-api/backgroundoperations.ts': ['create', 'insert', 'remove'],
    'web-api/operation-columns.ts': ['text', 'whole', 'writable', 'platformOwned', 'ignored', 'rowDefaults'],
    'web-api/operation-rows.ts': ['*'],
    'web-api/errors.ts': ['unknownProperty'],
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
  'the cookie of a page is opaque to clients': { 'web-api/query/skip-token.ts': ['form'] },
  [made]: { 'web-api/query/skip-token.ts': ['isCell', 'namesOf'] },
  [wrong]: { 'web-api/query/filter.ts': ['#fail'] },
  [nesting]: { 'web-api/body.ts': ['deepest', 'mostMembers', 'membersOf'] },
  [options]: { 'web-api/query/options.ts': ['refused'] },
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
  [synchronous]: { 'web-api/custom-api.ts': ['statusOfCode', 'failureError'] },
  [paths]: { 'web-api/router.ts': ['decoded'] },
  [speed]: { 'web-api/query/run.ts': ['inSourceOrder'] },
};
