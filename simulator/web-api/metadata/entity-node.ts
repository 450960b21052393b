import type { Json } from '../../core/operation.ts';
import { derivedId } from '../../events/messages.ts';
import { attributeNodes } from './attribute-node.ts';
import { label, managed } from './labels.ts';
import type { MetadataNode } from './node.ts';
import { relationshipNode } from './relationship-node.ts';
import type { Relationship, TableFacts } from './table-facts.ts';

/** The numbers of tables that are the same in every organization; others get theirs when they are made. */
const typeCodes: Readonly<Record<string, number>> = {
  systemuser: 8,
  businessunit: 10,
  organization: 1019,
  plugintype: 4602,
  pluginassembly: 4605,
  sdkmessage: 4606,
  sdkmessageprocessingstep: 4608,
  serviceendpoint: 4618,
  asyncoperation: 4700,
};
const firstFreeTypeCode = 10_000;

/** The provider of elastic tables: the same in every organization. */
const elasticProvider = '1d9bde74-9ebd-4da9-8ff5-aa74945b9f74';

/** What the simulator's tables are not, or do not offer. */
const never = [
  'ActivityTypeMask',
  'AutoCreateAccessTeams',
  'AutoRouteToOwnerQueue',
  'CanTriggerWorkflow',
  'EntityHelpUrlEnabled',
  'IsDocumentManagementEnabled',
  'IsOneNoteIntegrationEnabled',
  'IsInteractionCentricEnabled',
  'IsKnowledgeManagementEnabled',
  'IsSLAEnabled',
  'IsSolutionAware',
  'IsBPFEntity',
  'IsDocumentRecommendationsEnabled',
  'IsMSTeamsIntegrationEnabled',
  'IsActivity',
  'IsActivityParty',
  'IsRetrieveAuditEnabled',
  'IsRetrieveMultipleAuditEnabled',
  'IsArchivalEnabled',
  'IsRetentionEnabled',
  'IsAvailableOffline',
  'IsChildEntity',
  'IsAIRUpdated',
  'IsBusinessProcessEnabled',
  'IsCustomEntity',
  'IsImportable',
  'IsIntersect',
  'IsEnabledForCharts',
  'IsEnabledForTrace',
  'IsValidForAdvancedFind',
  'IsMailMergeEnabled',
  'IsReadingPaneEnabled',
  'IsQuickCreateEnabled',
  'IsReadOnlyInMobileClient',
  'IsStateModelAware',
  'IsEnabledForExternalChannels',
  'IsLogicalEntity',
  'IsPrivate',
  'SyncToExternalSearchIndex',
  'EnforceStateTransitions',
  'ChangeTrackingEnabled',
  'UsesBusinessDataLabelTable',
  'HasNotes',
  'HasActivities',
  'HasFeedback',
  'HasEmailAddresses',
  'IsOfflineInMobileClient',
] as const;

/** Texts that no table of the simulator has. */
const none = [
  'DaysSinceRecordLastModified',
  'EntityColor',
  'EntityHelpUrl',
  'ExternalCollectionName',
  'ExternalName',
  'IconLargeName',
  'IconMediumName',
  'IconSmallName',
  'IconVectorName',
  'MobileOfflineFilters',
  'PrimaryImageAttribute',
  'RecurrenceBaseEntityLogicalName',
  'ReportViewName',
  'CreatedOn',
  'ModifiedOn',
  'DataSourceId',
  'SettingOf',
  'OwnerId',
  'OwnerIdType',
  'OwningBusinessUnit',
] as const;

/** Properties that a solution could protect, and the setting that would decide it. */
const protectable: Readonly<Record<string, string>> = {
  IsAuditEnabled: 'canmodifyauditsettings',
  IsValidForQueue: 'canmodifyqueuesettings',
  IsConnectionsEnabled: 'canmodifyconnectionsettings',
  IsCustomizable: 'iscustomizable',
  IsRenameable: 'isrenameable',
  IsMappable: 'ismappable',
  IsDuplicateDetectionEnabled: 'canmodifyduplicatedetectionsettings',
  CanCreateAttributes: 'cancreateattributes',
  CanCreateForms: 'cancreateforms',
  CanCreateViews: 'cancreateviews',
  CanCreateCharts: 'cancreatecharts',
  CanBeRelatedEntityInRelationship: 'canberelatedentityinrelationship',
  CanBePrimaryEntityInRelationship: 'canbeprimaryentityinrelationship',
  CanBeInCustomEntityAssociation: 'canbeincustomentityassociation',
  CanBeInManyToMany: 'canbeinmanytomany',
  CanModifyAdditionalSettings: 'canmodifyadditionalsettings',
  CanChangeHierarchicalRelationship: 'canchangehierarchicalrelationship',
  CanEnableSyncToExternalSearchIndex: 'canenablesynctoexternalsearchindex',
  CanChangeTrackingBeEnabled: 'canchangetrackingbeenabled',
};

/** The definition of a table; `relationships` are those of all tables. */
export function entityNode(
  table: TableFacts,
  index: number,
  relationships: readonly Relationship[],
): MetadataNode {
  const of = `entity:${table.entity}`;
  const referenced = relationships.filter(({ to }) => to.entity === table.entity);
  const referencing = relationships.filter(({ from }) => from.entity === table.entity);
  return {
    type: 'EntityMetadata',
    values: {
      MetadataId: derivedId(of),
      HasChanged: null,
      LogicalName: table.entity,
      SchemaName: table.schemaName,
      EntitySetName: table.set,
      LogicalCollectionName: table.set,
      CollectionSchemaName: `${table.schemaName}s`,
      ObjectTypeCode: typeCodes[table.entity] ?? firstFreeTypeCode + index,
      OwnershipType: table.ownership,
      TableType: table.elastic ? 'Elastic' : 'Standard',
      DataProviderId: table.elastic ? elasticProvider : null,
      PrimaryIdAttribute: table.key,
      PrimaryNameAttribute: table.primaryName,
      IntroducedVersion: '9.2.0.0',
      IsManaged: true,
      // Every row has an etag that If-Match is held against.
      IsOptimisticConcurrencyEnabled: true,
      IsVisibleInMobile: managed(false, 'canmodifymobilevisibility'),
      IsVisibleInMobileClient: managed(false, 'canmodifymobileclientvisibility'),
      ...fill(never, () => false),
      ...fill(none, () => null),
      ...Object.fromEntries(Object.entries(protectable).map(([name, by]) => [name, managed(false, by)])),
      DisplayName: label(table.displayName, `${of}.displayname`),
      DisplayCollectionName: label(`${table.displayName}s`, `${of}.collection`),
      Description: label(null, of),
      Privileges: [],
      Settings: [],
    },
    links: {
      Attributes: () => attributeNodes(table),
      Keys: () => [],
      OneToManyRelationships: () => referenced.map(relationshipNode),
      ManyToOneRelationships: () => referencing.map(relationshipNode),
      ManyToManyRelationships: () => [],
    },
  };
}

function fill(names: readonly string[], value: () => Json): Record<string, Json> {
  return Object.fromEntries(names.map((name) => [name, value()]));
}
