import type { Json } from '../../core/operation.ts';
import { parameterTypes } from '../../core/operation.ts';
import { derivedId } from '../../events/messages.ts';
import { label, managed } from './labels.ts';
import type { MetadataNode } from './node.ts';

/** What a choice is: for a column alone, or for all that use its name. */
interface OptionSet {
  readonly name: string;
  readonly kind: 'Picklist' | 'State' | 'Status' | 'Boolean';
  readonly global?: boolean;
  readonly labels: Readonly<Record<number, string>>;
}

/** The choice of a column of choices, or of yes and no. */
export function optionSetNode({ name, kind, global = false, labels }: OptionSet): MetadataNode {
  const id = derivedId(`optionset:${name}`);
  const option = ([value, text]: [string, string]) => optionOf(Number(value), text, kind, `${name}.${value}`);
  const entries = Object.entries(labels);
  const [no, yes] = entries.map(option);
  return {
    type: kind === 'Boolean' ? 'BooleanOptionSetMetadata' : 'OptionSetMetadata',
    values: {
      MetadataId: id,
      HasChanged: null,
      Name: name,
      OptionSetType: kind,
      IsGlobal: global,
      IsCustomOptionSet: false,
      IsManaged: true,
      ExternalTypeName: null,
      IntroducedVersion: null,
      ...(kind === 'Boolean'
        ? { TrueOption: yes ?? null, FalseOption: no ?? null }
        : { ParentOptionSetName: null, Options: entries.map(option) }),
      DisplayName: label(name, `${name}.displayname`),
      Description: label(null, name),
      IsCustomizable: managed(false, 'iscustomizable'),
    },
    links: {},
  };
}

function optionOf(value: number, text: string, kind: OptionSet['kind'], of: string): Json {
  return {
    ...(kind === 'State' ? { '@odata.type': '#Microsoft.Dynamics.CRM.StateOptionMetadata' } : {}),
    ...(kind === 'Status' ? { '@odata.type': '#Microsoft.Dynamics.CRM.StatusOptionMetadata' } : {}),
    Value: value,
    Color: null,
    IsManaged: true,
    ExternalValue: '',
    ParentValues: [],
    Tag: null,
    IsHidden: false,
    MetadataId: null,
    HasChanged: null,
    Label: label(text, of),
    Description: label(null, of),
    ...(kind === 'State' ? { DefaultStatus: null, InvariantName: text } : {}),
    ...(kind === 'Status' ? { State: null, TransitionData: null } : {}),
  };
}

/** The choices that are not of one column only: the type of a custom API's parameter. */
export function globalOptionSets(): readonly MetadataNode[] {
  return [
    optionSetNode({
      name: 'customapifieldtype',
      kind: 'Picklist',
      global: true,
      labels: { ...parameterTypes },
    }),
  ];
}
