import type { Json } from '../../core/operation.ts';

/** A definition as metadata serves it: of a table, a column, a choice or a relationship. */
export interface MetadataNode {
  /** The type's name without its namespace: `StringAttributeMetadata`. */
  readonly type: string;
  /** The properties, in the order in which they are shown; `MetadataId` is always among them. */
  readonly values: Readonly<Record<string, Json>>;
  /** What can be expanded, or reached by a path; made when it is asked for. */
  readonly links: Readonly<Record<string, () => MetadataNode | readonly MetadataNode[] | null>>;
}

/** The type that a collection of these types is declared to have, where its members are of derived types. */
export const baseTypes: Readonly<Record<string, string>> = {
  Attributes: 'AttributeMetadata',
  RelationshipDefinitions: 'RelationshipMetadataBase',
  GlobalOptionSetDefinitions: 'OptionSetMetadataBase',
};
