import type { Json } from '../../core/operation.ts';
import type { ColumnType } from '../../core/table.ts';
import { derivedId } from '../../events/messages.ts';
import { label, managed } from './labels.ts';
import type { MetadataNode } from './node.ts';
import { optionSetNode } from './option-set-node.ts';
import type { ColumnFacts, TableFacts } from './table-facts.ts';
import { attributeName } from './table-facts.ts';

/** The kinds of attributes in metadata: `AttributeType` names one. */
type Kind =
  | 'BigInt'
  | 'Boolean'
  | 'DateTime'
  | 'Integer'
  | 'Lookup'
  | 'ManagedProperty'
  | 'Memo'
  | 'Picklist'
  | 'State'
  | 'Status'
  | 'String'
  | 'Uniqueidentifier';

const kinds: Readonly<Record<ColumnType, Kind>> = {
  bigint: 'BigInt',
  boolean: 'Boolean',
  date: 'DateTime',
  datetime: 'DateTime',
  guid: 'Uniqueidentifier',
  integer: 'Integer',
  lookup: 'Lookup',
  memo: 'Memo',
  picklist: 'Picklist',
  string: 'String',
};

const longestString = 4_000;
const longestMemo = 1_048_576;

/** The kind of a column's attribute; state and status are choices with a part to play. */
function kindOf({ name, type, managedProperty }: ColumnFacts): Kind {
  if (managedProperty !== undefined) return 'ManagedProperty';
  if (type === 'picklist' && name === 'statecode') return 'State';
  if (type === 'picklist' && name === 'statuscode') return 'Status';
  return kinds[type];
}

/** The definitions of a table's columns. */
export function attributeNodes(table: TableFacts): readonly MetadataNode[] {
  return table.columns.map((column, index) => attributeNode(table, column, index + 1));
}

function attributeNode(table: TableFacts, column: ColumnFacts, number: number): MetadataNode {
  const name = attributeName(column);
  const kind = kindOf(column);
  const isKey = column.name === table.key;
  const of = `attribute:${table.entity}.${name}`;
  const system = isKey || column.required === 'system';
  const required = system ? 'SystemRequired' : column.required === true ? 'ApplicationRequired' : 'None';
  const { readOnly = false, writeOnly = false } = column;
  const type = kind === 'Uniqueidentifier' ? 'UniqueIdentifier' : kind;
  return {
    type: `${type}AttributeMetadata`,
    values: {
      MetadataId: derivedId(of),
      HasChanged: null,
      AttributeOf: null,
      AttributeType: kind,
      AttributeTypeName: { Value: `${kind}Type` },
      ColumnNumber: number,
      DeprecatedVersion: null,
      IntroducedVersion: '9.2.0.0',
      EntityLogicalName: table.entity,
      IsCustomAttribute: false,
      IsPrimaryId: isKey,
      IsPrimaryName: name === table.primaryName,
      IsValidForCreate: !readOnly,
      IsValidForRead: !writeOnly,
      IsValidForUpdate: !isKey && !readOnly,
      CanBeSecuredForRead: false,
      CanBeSecuredForCreate: false,
      CanBeSecuredForUpdate: false,
      IsSecured: false,
      IsRetrievable: !writeOnly,
      IsFilterable: !writeOnly,
      IsValidODataAttribute: true,
      IsSearchable: false,
      IsManaged: true,
      LinkedAttributeId: null,
      LogicalName: name,
      IsValidForForm: false,
      IsRequiredForForm: false,
      IsValidForGrid: false,
      SchemaName: schemaNameOf(table, name),
      ExternalName: null,
      IsLogical: false,
      IsDataSourceSecret: false,
      InheritsFrom: null,
      SourceType: kind === 'Lookup' || kind === 'Uniqueidentifier' ? null : 0,
      AutoNumberFormat: '',
      DisplayName: label(displayNameOf(schemaNameOf(table, name)), `${of}.displayname`),
      Description: label(null, of),
      IsAuditEnabled: managed(false, 'canmodifyauditsettings'),
      IsGlobalFilterEnabled: managed(false, 'canmodifyglobalfiltersettings'),
      IsSortableEnabled: managed(false, 'canmodifyissortablesettings'),
      IsCustomizable: managed(false, 'iscustomizable'),
      IsRenameable: managed(false, 'isrenameable'),
      IsValidForAdvancedFind: managed(false, 'canmodifysearchsettings'),
      RequiredLevel: managed(required, 'canmodifyrequirementlevelsettings'),
      CanModifyAdditionalSettings: managed(false, 'canmodifyadditionalsettings'),
      ...ofKind(column, kind),
    },
    links: linksOf(table, column, kind),
  };
}

/** No column is calculated. */
const uncalculated = { FormulaDefinition: null, SourceTypeMask: 0 };

/** The properties that only this kind of attribute has. */
function ofKind(column: ColumnFacts, kind: Kind): Record<string, Json> {
  switch (kind) {
    case 'String':
      return {
        Format: 'Text',
        FormatName: { Value: 'Text' },
        ImeMode: 'Auto',
        MaxLength: column.longest ?? longestString,
        YomiOf: null,
        ...uncalculated,
        IsLocalizable: false,
        DatabaseLength: 2 * (column.longest ?? longestString),
      };
    case 'Memo':
      return {
        Format: 'TextArea',
        ImeMode: 'Auto',
        MaxLength: column.longest ?? longestMemo,
        IsLocalizable: false,
      };
    case 'Integer':
      return { Format: 'None', MaxValue: 2_147_483_647, MinValue: -2_147_483_648, ...uncalculated };
    case 'BigInt':
      return { MaxValue: null, MinValue: null };
    case 'DateTime':
      return {
        Format: column.type === 'date' ? 'DateOnly' : 'DateAndTime',
        ImeMode: 'Inactive',
        DateTimeBehavior: { Value: 'UserLocal' },
        MinSupportedValue: '1753-01-01T00:00:00Z',
        MaxSupportedValue: '9999-12-30T23:59:59Z',
        ...uncalculated,
        CanChangeDateTimeBehavior: managed(false, 'canchangedatetimebehavior'),
      };
    case 'Lookup':
      return { Targets: column.lookup === undefined ? [] : [column.lookup.entity], Format: 'None' };
    case 'Boolean':
      return { DefaultValue: false, ...uncalculated };
    case 'Picklist':
    case 'State':
    case 'Status':
      return {
        DefaultFormValue: null,
        ...uncalculated,
        ParentPicklistLogicalName: null,
        ChildPicklistLogicalNames: [],
      };
    case 'ManagedProperty':
      return {
        ManagedPropertyLogicalName: column.managedProperty ?? null,
        ParentAttributeName: null,
        ParentComponentType: null,
        ValueAttributeTypeCode: 'Boolean',
      };
    case 'Uniqueidentifier':
      return {};
  }
}

/** Choices are shown only where they are expanded. */
function linksOf(table: TableFacts, column: ColumnFacts, kind: Kind): MetadataNode['links'] {
  const name = column.choice ?? `${table.entity}_${column.name}`;
  switch (kind) {
    case 'Boolean':
      return {
        OptionSet: () => optionSetNode({ name, kind, labels: { 0: 'No', 1: 'Yes' } }),
        GlobalOptionSet: () => null,
      };
    case 'Picklist':
    case 'State':
    case 'Status':
      return {
        OptionSet: () => optionSetNode({ name, kind, labels: column.labels ?? {} }),
        GlobalOptionSet: () => null,
      };
    default:
      return {};
  }
}

/** Words that names of columns are made of, which the platform writes with a capital each. */
const words =
  /background|operation|parameters|state|status|display|priority|created|modified|overridden|behalf|sequence|import|version|number|message|error|input|output|retry|count|start|end|time|partition|seconds|unique|code|name|date|type|bound|binding|custom|value|mode|by|on|in|id|is/g;

/** A name with its capitals, as far as they can be told: `CreatedOn`, `BackgroundOperationStateCode`. */
function schemaNameOf(table: TableFacts, name: string): string {
  if (name === table.key) return `${table.schemaName}Id`;
  const whole = name.replace(words, '');
  if (whole === '') return name.replace(words, (word) => capital(word));
  return capital(name);
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** `Created On` for `CreatedOn`. */
function displayNameOf(schemaName: string): string {
  return schemaName.replace(/([a-z])([A-Z])/g, '$1 $2');
}
