import type { Condition } from './condition.ts';
import { callFunction, callsDataverse } from './functions.ts';
import type { Argument } from './dataverse-functions.ts';
import { inVariable, lambda } from './lambda.ts';
import { literalOf } from './literal.ts';
import { failure, problems, success } from './problem.ts';
import type { Problem, InputResult } from './problem.ts';
import { findColumn } from './schema.ts';
import type { RelatedCollection, Schema } from './schema.ts';
import { asCondition, compareTerms, isOperator, termTypeName } from './term.ts';
import type { Term } from './term.ts';
import { tokenize } from './tokens.ts';
import type { Token } from './tokens.ts';

/** How deep parentheses and `not` may nest. */
export const depthLimit = 200;

/** Conditions of one query, as documented; the values of an `In` are one condition together. */
export const conditionLimit = 500;

/**
 * Parses `$filter`. Precedence as OData has it: primary, `not`, comparison, `and`, `or`; so
 * `not a eq b` negates `a`, which is an error. Errors: whatever is no filter on this table.
 */
export function parseFilter<Row>(
  text: string,
  schema: Schema<Row>,
  aliases: ReadonlyMap<string, string>,
): InputResult<Condition<Row>> {
  const tokens = tokenize(text);
  if (!tokens.ok) return tokens;
  return new FilterParser(text, tokens.value, schema, aliases).parse();
}

/** Recursive descent; the first problem is kept and every method then gives undefined up to the top. */
class FilterParser<Row> {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #schema: Schema<Row>;
  readonly #aliases: ReadonlyMap<string, string>;
  #at = 0;
  #depth = 0;
  #conditions = 0;
  /** Calls of Dataverse's own functions so far. */
  #calls = 0;
  #problem: Problem | undefined;

  constructor(
    text: string,
    tokens: readonly Token[],
    schema: Schema<Row>,
    aliases: ReadonlyMap<string, string>,
  ) {
    this.#text = text;
    this.#tokens = tokens;
    this.#schema = schema;
    this.#aliases = aliases;
  }

  parse(): InputResult<Condition<Row>> {
    const term = this.#or();
    if (term && this.#token.kind !== 'end') this.#fail(problems.syntax(this.#token.at, this.#text));
    const condition = term && asCondition(term);
    if (this.#problem) return failure(this.#problem);
    return condition ? success(condition) : failure(problems.notBoolean());
  }

  #or(): Term<Row> | undefined {
    return this.#joined('or', () => this.#joined('and', () => this.#comparison()));
  }

  #joined(kind: 'and' | 'or', operand: () => Term<Row> | undefined): Term<Row> | undefined {
    const first = operand();
    if (!first || !this.#isWord(kind)) return first;
    const parts: Condition<Row>[] = [];
    for (let term: Term<Row> | undefined = first; term; term = operand()) {
      const condition = asCondition(term);
      if (!condition)
        return this.#fail(problems.incompatible(termTypeName(term), 'Edm.Boolean', capital(kind)));
      parts.push(condition);
      if (!this.#takeWord(kind)) return { kind: 'condition', condition: { kind, parts } };
    }
    return undefined;
  }

  #comparison(): Term<Row> | undefined {
    let left = this.#unary();
    while (left && this.#token.kind === 'word' && isOperator(this.#token.value)) {
      const operator = this.#token.value;
      this.#at++;
      const right = this.#unary();
      if (!right) return undefined;
      left = this.#condition(compareTerms(left, operator, right, this.#schema.along === undefined));
    }
    return left;
  }

  #unary(): Term<Row> | undefined {
    if (!this.#takeWord('not')) return this.#primary();
    const before = this.#calls;
    const term = this.#nested(() => this.#unary());
    if (!term) return undefined;
    if (this.#calls > before) return this.#fail(problems.negatedFunction());
    const part = asCondition(term);
    if (!part) return this.#fail(problems.incompatibleNot(termTypeName(term)));
    return { kind: 'condition', condition: { kind: 'not', part } };
  }

  #primary(): Term<Row> | undefined {
    const token = this.#token;
    if (token.kind === '(') {
      this.#at++;
      const term = this.#nested(() => this.#or());
      return term && this.#take(')', problems.closeExpected) ? term : undefined;
    }
    if (token.kind === 'word' && this.#tokens[this.#at + 1]?.kind === '(') {
      const [, path, kind] = /^(.+)\/(any|all)$/.exec(token.value) ?? [];
      const collection = path === undefined ? undefined : this.#schema.collection?.(path);
      return collection === undefined ? this.#call(token.value) : this.#lambda(collection, kind === 'all');
    }
    if (token.kind !== 'word' && token.kind !== 'text') {
      return this.#fail(problems.expressionExpected(token.at, this.#text));
    }
    this.#at++;
    return this.#operand(token, true);
  }

  /** A name, literal or alias; the text of an alias is itself one name or literal. */
  #operand(token: Token, aliasAllowed: boolean): Term<Row> | undefined {
    if (token.kind === 'text') return { kind: 'literal', literal: { type: 'string', value: token.value } };
    const word = token.value;
    if (word.startsWith('@')) {
      const alias = aliasAllowed ? this.#aliasToken(word) : undefined;
      if (!alias) return this.#fail(problems.badAlias(word));
      return this.#operand(alias, false);
    }
    const literal = literalOf(word);
    if (literal) return { kind: 'literal', literal };
    if (!/^[A-Za-z_]/.test(word)) return this.#fail(problems.syntax(token.at, this.#text));
    const column = findColumn(this.#schema, word);
    return column.ok ? { kind: 'column', column: column.value } : this.#fail(column.error);
  }

  /** The one token that an alias stands for, null if it was not assigned; undefined if it holds something else. */
  #aliasToken(name: string): Token | undefined {
    const text = this.#aliases.get(name);
    if (text === undefined) return { kind: 'word', value: 'null', at: 0 };
    const tokens = tokenize(text);
    if (!tokens.ok || tokens.value.length !== 1) return undefined;
    const only = tokens.value[0];
    return only && ['word', 'text', 'json'].includes(only.kind) ? only : undefined;
  }

  #call(name: string): Term<Row> | undefined {
    this.#at += 2;
    const args: Argument<Row>[] = [];
    while (this.#token.kind !== ')' || args.length > 0) {
      const argument = this.#argument(callsDataverse(name));
      if (!argument) return undefined;
      args.push(argument);
      if (this.#token.kind === ')') break;
      if (!this.#take(',', problems.commaExpected)) return undefined;
    }
    this.#at++;
    if (callsDataverse(name)) this.#calls++;
    return this.#condition(callFunction(name, args, this.#schema));
  }

  /** `any(x:…)`, `all(x:…)` or `any()` behind the name of a collection. */
  #lambda(collection: RelatedCollection<Row>, all: boolean): Term<Row> | undefined {
    this.#at += 2;
    const first = this.#token;
    if (first.kind === ')' && !all) {
      this.#at++;
      return this.#condition(success(lambda(collection, 'any', undefined)));
    }
    const [, variable, rest] = /^([A-Za-z_]\w*):(.*)$/.exec(first.kind === 'word' ? first.value : '') ?? [];
    if (variable === undefined || rest === undefined)
      return this.#fail(problems.expressionExpected(first.at, this.#text));
    // What follows the colon without a space is a token of its own.
    const tokens = this.#tokens.with(this.#at, { ...first, value: rest, at: first.at + variable.length + 1 });
    const schema = inVariable(collection.schema, variable);
    const inner = new FilterParser(this.#text, tokens, schema, this.#aliases);
    inner.#at = rest === '' ? this.#at + 1 : this.#at;
    inner.#depth = this.#depth;
    inner.#conditions = this.#conditions;
    const term = inner.#nested(() => inner.#or());
    this.#at = inner.#at;
    this.#calls += inner.#calls;
    this.#conditions = inner.#conditions;
    if (!term) return inner.#problem && this.#fail(inner.#problem);
    const condition = asCondition(term);
    if (!condition) return this.#fail(problems.notBoolean());
    if (!this.#take(')', problems.closeExpected)) return undefined;
    return { kind: 'condition', condition: lambda(collection, all ? 'all' : 'any', condition) };
  }

  #argument(named: boolean): Argument<Row> | undefined {
    const name = this.#token.value;
    if (named) {
      if (this.#token.kind !== 'word')
        return this.#fail(problems.expressionExpected(this.#token.at, this.#text));
      this.#at++;
      if (!this.#take('=', problems.syntax)) return undefined;
    }
    const written = this.#token;
    const alias =
      written.kind === 'word' && written.value.startsWith('@') ? this.#aliasToken(written.value) : undefined;
    const token = alias ?? written;
    if (token.kind === 'json') {
      this.#at++;
      return { name, json: token.value };
    }
    const term = named ? this.#primary() : this.#nested(() => this.#or());
    return term && { name, term };
  }

  #nested<T>(inner: () => T | undefined): T | undefined {
    if (this.#depth >= depthLimit) return this.#fail(problems.tooDeep());
    this.#depth++;
    const result = inner();
    this.#depth--;
    return result;
  }

  get #token(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', value: '', at: this.#text.length };
  }

  #isWord(word: string): boolean {
    return this.#token.kind === 'word' && this.#token.value === word;
  }

  #takeWord(word: string): boolean {
    const found = this.#isWord(word);
    if (found) this.#at++;
    return found;
  }

  #take(kind: Token['kind'], problem: (at: number, text: string) => Problem): boolean {
    if (this.#token.kind !== kind) {
      this.#fail(problem(this.#token.at, this.#text));
      return false;
    }
    this.#at++;
    return true;
  }

  #condition(result: InputResult<Condition<Row>>): Term<Row> | undefined {
    this.#conditions += 1;
    if (this.#conditions > conditionLimit) return this.#fail(problems.tooManyConditions());
    return result.ok ? { kind: 'condition', condition: result.value } : this.#fail(result.error);
  }

  #fail(problem: Problem): undefined {
    this.#problem ??= problem;
    return undefined;
  }
}

function capital(kind: 'and' | 'or'): string {
  return kind === 'and' ? 'And' : 'Or';
}
