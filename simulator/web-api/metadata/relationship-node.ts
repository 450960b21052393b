import { derivedId } from '../../events/messages.ts';
import { label, managed } from './labels.ts';
import type { MetadataNode } from './node.ts';
import type { Relationship } from './table-facts.ts';
import { attributeName } from './table-facts.ts';

/** The name of a relationship: of its collection-valued end, or made of both tables and the column. */
function relationshipName({ from, to, column, inverse }: Relationship): string {
  return inverse ?? `lk_${from.entity}_${attributeName(column)}_${to.entity}`;
}

/** A relationship that a lookup column makes. */
export function relationshipNode(relationship: Relationship): MetadataNode {
  const { from, to, column, navigation, inverse } = relationship;
  const name = relationshipName(relationship);
  const cascade = Object.fromEntries(
    ['Assign', 'Delete', 'Archive', 'Merge', 'Reparent', 'Share', 'Unshare', 'RollupView'].map((action) => [
      action,
      'NoCascade',
    ]),
  );
  return {
    type: 'OneToManyRelationshipMetadata',
    values: {
      MetadataId: derivedId(`relationship:${from.entity}.${column.name}`),
      HasChanged: null,
      IsCustomRelationship: false,
      IsValidForAdvancedFind: false,
      SchemaName: name,
      SecurityTypes: 'None',
      IsManaged: true,
      RelationshipType: 'OneToManyRelationship',
      IntroducedVersion: '9.2.0.0',
      ReferencedAttribute: to.key,
      ReferencedEntity: to.entity,
      ReferencingAttribute: attributeName(column),
      ReferencingEntity: from.entity,
      IsHierarchical: false,
      EntityKey: null,
      IsRelationshipAttributeDenormalized: false,
      ReferencedEntityNavigationPropertyName: inverse ?? null,
      ReferencingEntityNavigationPropertyName: navigation,
      RelationshipBehavior: 1,
      IsDenormalizedLookup: null,
      DenormalizedAttributeName: null,
      IsCustomizable: managed(false, 'iscustomizable'),
      AssociatedMenuConfiguration: {
        Behavior: 'DoNotDisplay',
        Group: 'Details',
        Order: null,
        IsCustomizable: true,
        Icon: null,
        ViewId: '00000000-0000-0000-0000-000000000000',
        AvailableOffline: true,
        MenuId: null,
        QueryApi: null,
        Label: label(null, name),
      },
      CascadeConfiguration: cascade,
      RelationshipAttributes: [],
    },
    links: {},
  };
}
