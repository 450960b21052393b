// A plugin for Stryker: leaves out the mutants of what the contract says nothing about, each with its
// reason, which stands in the report. A check that killed one would fail implementations that are right.
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { namedParts } from './outside-parts.mjs';
import { statements } from './outside-statements.mjs';

const parts = byFile(namedParts);
const starts = byFile(statements);

/** Errors of which a clause fixes something: they are mutated, although the other errors of their file are not. */
const fixedErrors = new Set([
  'unauthorized',
  'privilegeDenied',
  'noRow',
  'missingItem',
  'noOperation',
  'noMethod',
  'versionMismatch',
  'unknownProperty',
  'errorAnswer',
]);

function shouldIgnore(path) {
  const { filename = '' } = path.hub?.file?.opts ?? {};
  const file = filename.replaceAll('\\', '/').split('/simulator/').at(-1);
  return byName(path, parts.get(file)) ?? byStart(path, starts.get(file)) ?? byShape(path, file);
}

/** Reason → file → names becomes file → name → reason. */
function byFile(table) {
  const result = new Map();
  for (const [reason, files] of Object.entries(table)) {
    for (const [file, names] of Object.entries(files)) {
      const reasons = result.get(file) ?? new Map();
      for (const name of names) reasons.set(name, reason);
      result.set(file, reasons);
    }
  }
  return result;
}

function byName(path, reasons) {
  if (reasons === undefined || path.isProgram()) return undefined;
  const reason = reasons.get(nameOf(path.node));
  if (reason !== undefined) return reason;
  const whole = reasons.get('*');
  if (whole === undefined || path.parentPath.isProgram()) return undefined;
  return path.find(isFixed) || holdsFixed(path) ? undefined : whole;
}

/** The name that a node gives to a function, method, constant or member. */
function nameOf({ type, id, key }) {
  if (type === 'FunctionDeclaration' || type === 'VariableDeclarator') return id?.name;
  if (type === 'ClassPrivateMethod') return `#${key.id.name}`;
  return type === 'ObjectProperty' ? key.name : undefined;
}

function isFixed({ node }) {
  return fixedErrors.has(nameOf(node));
}

function holdsFixed(path) {
  let found = false;
  path.traverse({
    enter(inner) {
      found ||= isFixed(inner);
    },
  });
  return found;
}

/** A statement, a case or an object by how it is written; an expression (behind `=`) by the whole of it. */
function byStart(path, reasons) {
  if (reasons === undefined) return undefined;
  const { start, end } = path.node;
  const text = path.hub.file.code.slice(start, end).replaceAll(/\s+/g, ' ');
  const whole = path.isExpression() ? reasons.get(`=${text}`) : undefined;
  if (whole !== undefined) return whole;
  if (!path.isStatement() && !path.isSwitchCase() && !path.isObjectExpression()) return undefined;
  for (const [begin, reason] of reasons) if (text.startsWith(begin)) return reason;
  return undefined;
}

/** Shapes of code that no check can tell apart, wherever they stand. */
function byShape(path, file) {
  const { node, parent } = path;
  if (path.isStringLiteral() && parent.callee?.name === 'refused')
    return 'only deviations read the name of a resource';
  if (parent?.type === 'ObjectProperty' && parent.key.name === 'resource')
    return 'only deviations read the name of a resource';
  if (path.isBinaryExpression() && [node.left, node.right].some(isChoice))
    return 'the documentation leaves this open, and the suite accepts every choice';
  if (!file.startsWith('web-api/query/')) return undefined;
  const refusal = path.isIfStatement() ? node.consequent : node;
  return isRefusal(refusal) && !/unknownProperty/.test(source(path))
    ? 'no clause is about queries that are wrong, but for an unknown column in $select'
    : undefined;
}

/** `choices.someName`. */
function isChoice({ type, object }) {
  return type === 'MemberExpression' && (object.name ?? object.property?.name) === 'choices';
}

/** `return failure(…)` or `return this.#fail(…)`, alone. */
function isRefusal({ type, argument }) {
  if (type !== 'ReturnStatement' || argument?.type !== 'CallExpression') return false;
  return argument.callee.name === 'failure' || argument.callee.property?.id?.name === 'fail';
}

function source({ node, hub }) {
  return hub.file.code.slice(node.start, node.end);
}

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'outside', { shouldIgnore })];
