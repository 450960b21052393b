import fc from 'fast-check';
import type { JsonObject } from '../harness/answer.ts';
import type { Entity, TypedValue } from '../harness/organization-service/values.ts';
import { outputs, texts } from './arbitraries.ts';

/** What XML 1.0 cannot carry. */
const notXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Texts that XML can carry. */
export const xmlTexts: fc.Arbitrary<string> = texts.map((text) => text.replaceAll(notXml, ''));

/** Outputs of the probe whose text XML can carry. */
export const xmlOutputs: fc.Arbitrary<JsonObject> = outputs.map((set) =>
  typeof set['Text'] === 'string' ? { ...set, Text: set['Text'].replaceAll(notXml, '') } : set,
);

/** Digits with so many of them behind the point. */
function decimals(bound: bigint, fraction: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.bigInt({ min: -bound, max: bound }), fc.integer({ min: 0, max: fraction }))
    .map(([number, places]) => {
      const sign = number < 0n ? '-' : '';
      const digits = String(number < 0n ? -number : number).padStart(places + 1, '0');
      return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
    });
}

const dates = fc
  .tuple(fc.integer({ min: -2_000_000_000, max: 4_000_000_000 }), fc.integer({ min: 0, max: 999 }))
  .map(([seconds, milliseconds]) => new Date(seconds * 1_000 + milliseconds).toISOString());
const ids = fc.uuid();
const tables = fc.constantFrom('account', 'bgop_thing');

const scalars: readonly fc.Arbitrary<TypedValue>[] = [
  xmlTexts.map((value): TypedValue => ({ type: 'string', value })),
  fc.integer().map((value): TypedValue => ({ type: 'int', value })),
  fc.boolean().map((value): TypedValue => ({ type: 'boolean', value })),
  decimals(9_999_999_999_999_999_999_999_999_999n, 10).map((value): TypedValue => ({
    type: 'decimal',
    value,
  })),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value): TypedValue => ({ type: 'double', value })),
  dates.map((value): TypedValue => ({ type: 'dateTime', value })),
  ids.map((value): TypedValue => ({ type: 'guid', value })),
  fc.integer().map((value): TypedValue => ({ type: 'OptionSetValue', value })),
  decimals(922_337_203_685_477n, 4).map((value): TypedValue => ({ type: 'Money', value })),
  fc
    .record({ logicalName: tables, id: ids })
    .map((value): TypedValue => ({ type: 'EntityReference', value })),
];

/** Attributes of rows may be of one type that parameters do not have. */
const long = fc
  .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
  .map((number): TypedValue => ({ type: 'long', value: String(number) }));

/** Rows whose attributes have any type, and may hold rows themselves. */
const { entity, collection } = fc.letrec<{
  entity: Entity;
  collection: readonly Entity[];
  value: TypedValue;
}>((tie) => ({
  entity: fc
    .record({
      logicalName: tables,
      id: ids,
      // No name of a key: a row has its own.
      attributes: fc.dictionary(fc.stringMatching(/^bgop_[a-h]{1,6}$/), tie('value'), {
        maxKeys: 4,
        noNullPrototype: true,
      }),
    })
    .map(({ attributes, ...row }) => ({
      ...row,
      attributes: new Map(Object.entries(attributes)),
      labels: new Map<string, string>(),
    })),
  collection: fc.array(tie('entity'), { minLength: 1, maxLength: 3 }),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    ...scalars,
    long,
    tie('entity').map((value): TypedValue => ({ type: 'Entity', value })),
    tie('collection').map((value): TypedValue => ({ type: 'EntityCollection', value })),
  ),
}));

const named = (type: string, arbitrary: fc.Arbitrary<TypedValue>): fc.Arbitrary<[string, TypedValue]> =>
  arbitrary.map((value) => [`${type}Value`, value]);

const scalarNames = [
  ...['String', 'Integer', 'Boolean', 'Decimal', 'Float', 'DateTime'],
  ...['Guid', 'Picklist', 'Money', 'EntityReference'],
];

/** One parameter of an echo, of any of the 13 types, by its name. */
export const parameters: fc.Arbitrary<[string, TypedValue]> = fc.oneof(
  ...scalars.map((arbitrary, index) => named(scalarNames[index] ?? '', arbitrary)),
  named(
    'Entity',
    entity.map((value): TypedValue => ({ type: 'Entity', value })),
  ),
  named(
    'EntityCollection',
    collection.map((value): TypedValue => ({ type: 'EntityCollection', value })),
  ),
  named(
    'StringArray',
    fc
      .array(xmlTexts, { minLength: 1, maxLength: 4 })
      .map((value): TypedValue => ({ type: 'ArrayOfstring', value })),
  ),
);

const row: Entity = {
  logicalName: 'bgop_thing',
  id: '0a1b2c3d-0000-4000-8000-00000000abcd',
  attributes: new Map<string, TypedValue>([
    ['bgop_a', { type: 'long', value: '9223372036854775807' }],
    ['bgop_b', { type: 'string', value: '<b> & \r\n "c" ' }],
    ['bgop_c', { type: 'OptionSetValue', value: -1 }],
    ['bgop_d', { type: 'decimal', value: '0.1' }],
  ]),
  labels: new Map(),
};
const outer: Entity = {
  ...row,
  attributes: new Map<string, TypedValue>([
    ['bgop_a', { type: 'Entity', value: row }],
    ['bgop_b', { type: 'EntityReference', value: { logicalName: 'account', id: row.id } }],
    ['bgop_c', { type: 'EntityCollection', value: [row, { ...row, logicalName: 'account' }] }],
  ]),
};

/** A value of each type at the edge of what it can be. */
export const hardest: Readonly<Record<string, TypedValue>> = {
  StringValue: { type: 'string', value: '\r  ]]> &amp; <a/> \t\n' },
  IntegerValue: { type: 'int', value: -2_147_483_648 },
  BooleanValue: { type: 'boolean', value: false },
  DecimalValue: { type: 'decimal', value: '1234567890123456789.0123456789' },
  FloatValue: { type: 'double', value: 5e-324 },
  DateTimeValue: { type: 'dateTime', value: '1900-02-28T23:59:59.999Z' },
  GuidValue: { type: 'guid', value: row.id },
  PicklistValue: { type: 'OptionSetValue', value: 2_147_483_647 },
  MoneyValue: { type: 'Money', value: '-922337203685477.4567' },
  EntityReferenceValue: { type: 'EntityReference', value: { logicalName: 'account', id: row.id } },
  EntityValue: { type: 'Entity', value: outer },
  EntityCollectionValue: { type: 'EntityCollection', value: [row, outer] },
  StringArrayValue: { type: 'ArrayOfstring', value: ['', ' ', 'a<b'] },
};
