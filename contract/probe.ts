/** The data types of custom API parameters; a type's place is its value in the choice `customapifieldtype`. */
export const fieldTypes = [
  'Boolean',
  'DateTime',
  'Decimal',
  'Entity',
  'EntityCollection',
  'EntityReference',
  'Float',
  'Integer',
  'Money',
  'Picklist',
  'String',
  'StringArray',
  'Guid',
] as const;

/** One of the 13 data types of custom API parameters. */
export type FieldType = (typeof fieldTypes)[number];

/** A request parameter of the probe, or a response property, which has no `optional`. */
export interface ProbeMember {
  readonly name: string;
  readonly type: FieldType;
  readonly optional?: boolean;
  readonly description: string;
}

/** The probe of the target interface as a custom API: an unbound action that anyone may call. */
export const probeDefinition = {
  customApi: 'bgop_Probe',
  displayName: 'Background operation probe',
  description: 'Does what the conformance suite tells it, attempt by attempt.',
  /** The class of our plug-in that executes it in Dataverse; its source stands in `probe/`. */
  pluginType: 'Bgop.Probe.ProbePlugin',
  parameters: [
    { name: 'ControlUrl', type: 'String', optional: false, description: 'The URL to ask for orders.' },
    { name: 'Payload', type: 'String', optional: true, description: 'Handed back in each call.' },
  ],
  properties: [
    { name: 'Text', type: 'String', description: 'A text that the suite chose.' },
    { name: 'Count', type: 'Integer', description: 'A whole number that the suite chose.' },
    { name: 'Flag', type: 'Boolean', description: 'Yes or no, as the suite chose.' },
    { name: 'Amount', type: 'Decimal', description: 'A decimal number that the suite chose.' },
    { name: 'When', type: 'DateTime', description: 'An instant that the suite chose.' },
    { name: 'Id', type: 'Guid', description: 'A GUID that the suite chose.' },
  ],
} as const satisfies {
  readonly parameters: readonly ProbeMember[];
  readonly properties: readonly ProbeMember[];
  readonly [name: string]: unknown;
};
