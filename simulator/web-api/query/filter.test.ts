import { describe, expect, it } from 'vitest';
import type { Column } from '../../core/table.ts';
import { predicate } from './condition.ts';
import { conditionLimit, depthLimit, parseFilter } from './filter.ts';
import { problems } from './problem.ts';
import type { Problem } from './problem.ts';
import { schemaOf } from './schema.ts';

interface Row {
  readonly id: string;
  readonly name: string | null;
  readonly count: number | null;
  readonly at: number | null;
  readonly big: string | null;
  readonly owner: string | null;
  readonly flag: boolean;
}

const columns: readonly Column<Row>[] = [
  { name: 'id', type: 'guid', read: (row) => row.id },
  { name: 'name', type: 'string', read: (row) => row.name },
  { name: 'count', type: 'integer', read: (row) => row.count },
  { name: 'at', type: 'datetime', read: (row) => row.at },
  { name: 'big', type: 'bigint', read: (row) => row.big },
  { name: '_owner_value', type: 'lookup', read: (row) => row.owner },
  { name: 'flag', type: 'boolean', read: (row) => Number(row.flag) },
];
const schema = schemaOf({ set: 'things', entity: 'thing', key: 'id' }, columns);
const guid = '6F9619FF-8B86-4011-B42D-00C04FC964FF';
const base: Row = {
  id: guid.toLowerCase(),
  name: "O'Brian",
  count: 3,
  at: Date.UTC(2026, 0, 1),
  big: '638751549947120004',
  owner: null,
  flag: true,
};

function accepts(text: string, some: Partial<Row> = {}, aliases: Record<string, string> = {}): boolean {
  const parsed = parseFilter(text, schema, new Map(Object.entries(aliases)));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return predicate(parsed.value)({ ...base, ...some });
}

function problem(text: string, aliases: Record<string, string> = {}): Problem | undefined {
  const parsed = parseFilter(text, schema, new Map(Object.entries(aliases)));
  return parsed.ok ? undefined : parsed.error;
}

describe('parseFilter', () => {
  it.each([
    ['count eq 3', true],
    ['count ne 3', false],
    ['3 lt count', false],
    ['-1 lt count', true],
    ['count eq 3.0', true],
    ['count ge 2.5', true],
    ['count le 0.3e1', true],
    ["name eq 'o''brian'", true],
    ["name gt 'O'", true],
    ["name eq ''", false],
    [`id eq ${guid}`, true],
    [`id eq '${guid}'`, true],
    ['at eq 2026-01-01', true],
    ['at eq 2026-01-01T01:00:00+01:00', true],
    ['at lt 2026-01-01T00:00:00.0001Z', true],
    ['at ge 2025-12-31T23:59Z', true],
    ['big eq 638751549947120004', true],
    ['big eq 638751549947120005', false],
    ['_owner_value eq null', true],
    [`_owner_value ne ${guid}`, true],
    ['count ne null', true],
    ['count gt null', false],
    ["contains(name,'BRI')", true],
    ["startswith(name,'o')", true],
    ["endswith(name,'n') eq false", false],
    ['contains(name,null)', false],
    ['flag', true],
    ['not flag or flag ne true', false],
    ['flag eq null', false],
    ['true', true],
    ['not false', true],
    ['Microsoft.Dynamics.CRM.In(PropertyName=\'count\',PropertyValues=["2","3"])', true],
    ["Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=[\"o'BRIAN]\"])", false],
    ["Microsoft.Dynamics.CRM.In(PropertyValues=[],PropertyName='name')", false],
    [`Microsoft.Dynamics.CRM.In( PropertyName = 'id' , PropertyValues = ["${guid}", "${guid}"] )`, true],
    ['Microsoft.Dynamics.CRM.In(PropertyName=\'big\',PropertyValues=["638751549947120004"])', true],
    ["Microsoft.Dynamics.CRM.In(PropertyName='_owner_value',PropertyValues=[null])", true],
  ])('evaluates %s', (text, expected) => {
    expect(accepts(text)).toBe(expected);
  });

  it.each([
    ['count eq 3 or count eq 4 and name eq null', true],
    ['(count eq 3 or count eq 4) and name eq null', false],
    ['not (count eq 3) or count eq 3', true],
    ['not (count eq 3 or count eq 4)', false],
    ["not contains(name,'x') and count eq 3", true],
    ["not not contains(name,'x')", false],
    ['(((count eq 3)))', true],
    ['count eq 3 eq true', true],
  ])('binds not before comparison, and before or: %s', (text, expected) => {
    expect(accepts(text)).toBe(expected);
  });

  it('takes null as smaller than nothing, equal only to itself', () => {
    expect(accepts('count eq null', { count: null })).toBe(true);
    expect(accepts('count ne 3', { count: null })).toBe(true);
    expect(accepts('count lt 3', { count: null })).toBe(false);
    expect(accepts("contains(name,'')", { name: null })).toBe(false);
  });

  it('puts parameter aliases in the place of literals, columns and arrays', () => {
    expect(accepts('@c eq @v', {}, { '@c': 'count', '@v': '3' })).toBe(true);
    expect(accepts('contains(@c,@v)', {}, { '@c': 'name', '@v': "'''b'" })).toBe(true);
    expect(accepts('_owner_value eq @nobody')).toBe(true);
    const call = 'Microsoft.Dynamics.CRM.In(PropertyName=@c,PropertyValues=@v)';
    expect(accepts(call, {}, { '@c': "'count'", '@v': '["3"]' })).toBe(true);
    expect(problem('@a eq 1', { '@a': '@b', '@b': 'count' })).toEqual(problems.badAlias('@b'));
    expect(problem('@a eq 1', { '@a': 'count eq 1' })).toEqual(problems.badAlias('@a'));
  });

  it('words an open quote as the documentation shows it', () => {
    expect(problem("lastname eq 'O'Bryan'")?.message).toBe(
      "There is an unterminated literal at position 21 in 'lastname eq 'O'Bryan''.",
    );
  });

  it.each([
    ['', problems.expressionExpected(0, '')],
    ['count eq', problems.expressionExpected(8, 'count eq')],
    ['(count eq 3', problems.closeExpected(11, '(count eq 3')],
    ['count eq 3)', problems.syntax(10, 'count eq 3)')],
    ['count eq 3 4', problems.syntax(11, 'count eq 3 4')],
    ['count', problems.notBoolean()],
    ['count and true', problems.incompatible('Edm.Int32', 'Edm.Boolean', 'And')],
    ['not count eq 3', problems.incompatibleNot('Edm.Int32')],
    ["count eq '3'", problems.incompatible('Edm.Int32', 'Edm.String', 'Equal')],
    [`id eq 'x${guid}'`, problems.incompatible('Edm.Guid', 'Edm.String', 'Equal')],
    ['flag eq 1', problems.incompatible('Edm.Boolean', 'Edm.Int32', 'Equal')],
    ['name eq 3', problems.incompatible('Edm.String', 'Edm.Int32', 'Equal')],
    ['at gt 3', problems.incompatible('Edm.DateTimeOffset', 'Edm.Int32', 'GreaterThan')],
    ['(count eq 3) gt true', problems.incompatible('Edm.Boolean', 'Edm.Boolean', 'GreaterThan')],
    [`id eq guid'${guid}'`, problems.badLiteral('guid', 6, `id eq guid'${guid}'`)],
    ['at eq 2026-02-30', problems.syntax(6, 'at eq 2026-02-30')],
    ['Count eq 3', problems.unknownProperty('Count', 'thing')],
    ['owner/name eq 1', problems.navigation()],
    ['count eq big', problems.columnComparison()],
    ['contains(name,name)', problems.columnComparison()],
    ['1 eq 1', problems.constantComparison()],
    ['count eq 3 & 4', problems.badCharacter('&', 11, 'count eq 3 & 4')],
    ['count add 1 eq 4', problems.syntax(6, 'count add 1 eq 4')],
    ['tolower(name) eq null', problems.unknownFunction('tolower')],
    ["contains('x',name)", problems.signature('contains')],
    ["contains(count,'x')", problems.signature('contains')],
    ['contains(name)', problems.signature('contains')],
    ["contains(name,'x'", problems.commaExpected(17, "contains(name,'x'")],
    [
      "Microsoft.Dynamics.CRM.In('count',[1])",
      problems.expressionExpected(26, "Microsoft.Dynamics.CRM.In('count',[1])"),
    ],
    [
      'Microsoft.Dynamics.CRM.In(PropertyName=\'count\',PropertyValues=["x"])',
      problems.inValue('x', 'count'),
    ],
    ["Microsoft.Dynamics.CRM.In(PropertyName='count',PropertyValues=[true])", problems.inSignature()],
    ["Microsoft.Dynamics.CRM.In(PropertyName='count')", problems.inSignature()],
    ['Microsoft.Dynamics.CRM.NotIn(PropertyName=1,PropertyValues=[])', problems.inSignature('NotIn')],
    [
      "Microsoft.Dynamics.CRM.In(PropertyName='no',PropertyValues=[])",
      problems.unknownProperty('no', 'thing'),
    ],
    [
      "Microsoft.Dynamics.CRM.LastXDays(PropertyName='at',PropertyValue=7)",
      problems.notImplementedFunction('Microsoft.Dynamics.CRM.LastXDays'),
    ],
  ])('refuses %s', (text, expected) => {
    expect(problem(text)).toEqual(expected);
  });

  it('refuses nesting beyond its limit, and more conditions than a query may have', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}count eq 3${')'.repeat(depth)}`;
    expect(accepts(nested(depthLimit))).toBe(true);
    expect(problem(nested(depthLimit + 1))).toEqual(problems.tooDeep());
    expect(problem(`${'not '.repeat(8000)}true`)).toEqual(problems.tooDeep());
    expect(problem(nested(16_000))).toEqual(problems.tooDeep());
    expect(problem('contains('.repeat(3000))).toEqual(problems.tooDeep());
    const others = conditionLimit - 1;
    expect(accepts(`${'count eq 1 or '.repeat(others)}count eq 3`)).toBe(true);
    expect(accepts(`count eq 3${' eq true'.repeat(others)}`)).toBe(true);
    expect(problem(`${'count eq 1 or '.repeat(others)}count eq 1 or count eq 3`)).toEqual(
      problems.tooManyConditions(),
    );
    expect(problem(`count eq 3${' eq true'.repeat(3000)}`)).toEqual(problems.tooManyConditions());
  });
});
