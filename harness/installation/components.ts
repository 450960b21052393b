import { fieldTypes, probeDefinition, type ProbeMember } from '../../contract/probe.ts';
import type { AssemblyFile } from './assembly.ts';

/** A kind of row that the probe is made of in Dataverse, in the order in which they are created. */
export type ComponentKind = 'assembly' | 'type' | 'api' | 'parameter' | 'property';

/** A value of a column. */
export type Value = string | number | boolean | null;

/** A row as it should be. */
export interface Component {
  readonly kind: ComponentKind;
  /** The name by which it is known, and told apart from others of its kind. */
  readonly name: string;
  readonly values: Readonly<Record<string, Value>>;
}

/** A row as it is in the target. */
export interface FoundComponent extends Component {
  readonly id: string;
  /** Whether `bgop probe install` made it. */
  readonly ours: boolean;
  /** Id of the row that it belongs to or is executed by; null for none. */
  readonly link: string | null;
}

/** How a kind of row is kept: set, key, name, columns, the link to another kind. */
interface Table {
  readonly set: string;
  readonly key: string;
  readonly title: string;
  readonly naming: string;
  /** Columns that can be changed. */
  readonly changeable: readonly string[];
  /** Columns that cannot be changed once the row is saved. */
  readonly fixed: readonly string[];
  readonly link?: { readonly navigation: string; readonly column: string; readonly kind: ComponentKind };
}

const toApi = { navigation: 'CustomAPIId', column: '_customapiid_value', kind: 'api' } as const;
const memberColumns = ['name', 'displayname', 'description'];

/**
 * The tables that a custom API with a plug-in is kept in.
 *
 * Source: https://learn.microsoft.com/power-apps/developer/data-platform/custom-api-tables
 */
export const tables: Readonly<Record<ComponentKind, Table>> = {
  assembly: {
    set: 'pluginassemblies',
    key: 'pluginassemblyid',
    title: 'plug-in assembly',
    naming: 'name',
    changeable: ['version', 'description'],
    fixed: ['culture', 'publickeytoken', 'isolationmode'],
  },
  type: {
    set: 'plugintypes',
    key: 'plugintypeid',
    title: 'plug-in type',
    naming: 'typename',
    changeable: ['name', 'friendlyname', 'description'],
    fixed: [],
    link: { navigation: 'pluginassemblyid', column: '_pluginassemblyid_value', kind: 'assembly' },
  },
  api: {
    set: 'customapis',
    key: 'customapiid',
    title: 'custom API',
    naming: 'uniquename',
    changeable: ['name', 'displayname', 'description', 'isprivate', 'executeprivilegename'],
    fixed: ['bindingtype', 'isfunction', 'allowedcustomprocessingsteptype'],
    link: { navigation: 'PluginTypeId', column: '_plugintypeid_value', kind: 'type' },
  },
  parameter: {
    set: 'customapirequestparameters',
    key: 'customapirequestparameterid',
    title: 'request parameter',
    naming: 'uniquename',
    changeable: memberColumns,
    fixed: ['type', 'isoptional'],
    link: toApi,
  },
  property: {
    set: 'customapiresponseproperties',
    key: 'customapiresponsepropertyid',
    title: 'response property',
    naming: 'uniquename',
    changeable: memberColumns,
    fixed: ['type'],
    link: toApi,
  },
};

/** Stands at the end of the description of every row that `bgop probe install` makes. */
export const mark = 'Installed by bgop.';

/** How the custom API is to be called. */
export interface ProbeNames {
  readonly customApi: string;
  readonly displayName: string;
}

/** The custom API with its parameters and properties, as they should be. */
export function wantedApi({ customApi, displayName }: ProbeNames): Component[] {
  const { parameters, properties, description } = probeDefinition;
  return [
    {
      kind: 'api',
      name: customApi,
      values: {
        name: customApi,
        displayname: displayName,
        description: `${description} ${mark}`,
        isprivate: false,
        executeprivilegename: null,
        bindingtype: 0,
        isfunction: false,
        allowedcustomprocessingsteptype: 0,
      },
    },
    ...parameters.map((each) => member(customApi, 'parameter', each, { isoptional: each.optional })),
    ...properties.map((each) => member(customApi, 'property', each, {})),
  ];
}

function member(
  api: string,
  kind: ComponentKind,
  { name, type, description }: ProbeMember,
  more: object,
): Component {
  const values = {
    name: `${api}.${name}`,
    displayname: name,
    description: `${description} ${mark}`,
    type: fieldTypes.indexOf(type),
    ...more,
  };
  return { kind, name, values };
}

/** The plug-in that executes the probe, as it should be registered. */
export function wantedPlugIn(assembly: AssemblyFile): Component[] {
  const { pluginType } = probeDefinition;
  return [
    {
      kind: 'assembly',
      name: assembly.name,
      values: {
        version: assembly.version,
        // The hash tells whether the content differs: not every organization gives the content back.
        description: `The probe of the conformance suite, SHA-256 ${assembly.hash}. ${mark}`,
        culture: assembly.culture,
        publickeytoken: assembly.publicKeyToken,
        isolationmode: 2,
      },
    },
    {
      kind: 'type',
      name: pluginType,
      values: {
        name: pluginType,
        friendlyname: pluginType,
        description: `Executes the probe of the conformance suite. ${mark}`,
      },
    },
  ];
}

/** A row in words, e.g. `request parameter ControlUrl`. */
export function titleOf({ kind, name }: Pick<Component, 'kind' | 'name'>): string {
  return `${tables[kind].title} ${name}`;
}

/** The columns of a found row that are not as wanted. */
export function differing(wanted: Component, found: FoundComponent, columns: readonly string[]): string[] {
  return columns.filter((column) => (wanted.values[column] ?? null) !== (found.values[column] ?? null));
}
