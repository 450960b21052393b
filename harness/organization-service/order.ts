import type { Space } from './namespaces.ts';
import { isNamed, type SoapElement } from './xml.ts';

/** A data contract: its members, in the order in which clients expect them. */
interface Contract {
  readonly space: Space;
  readonly members: readonly string[];
}

const contracts = {
  response: ['ResponseName', 'Results'],
  entity: [
    ...['Attributes', 'EntityState', 'FormattedValues', 'Id', 'KeyAttributes'],
    ...['LogicalName', 'RelatedEntities', 'RowVersion'],
  ],
  reference: ['Id', 'KeyAttributes', 'LogicalName', 'Name', 'RowVersion'],
  collection: [
    ...['Entities', 'EntityName', 'MinActiveRowVersion', 'MoreRecords', 'PagingCookie'],
    ...['TotalRecordCount', 'TotalRecordCountLimitExceeded'],
  ],
  fault: [
    ...['ActivityId', 'ErrorCode', 'ErrorDetails', 'HelpLink', 'Message', 'Timestamp'],
    ...['ExceptionRetriable', 'ExceptionSource', 'InnerFault', 'OriginalException', 'TraceText'],
  ],
} as const;

/**
 * What stands out of the order of its data contract, in words; undefined where nothing does. Members may
 * be absent, and unknown ones may stand anywhere.
 */
export function orderProblem(element: SoapElement): string | undefined {
  const contract = contractOf(element);
  let last: string | undefined;
  for (const child of element.children) {
    if (contract !== undefined && isNamed(child, contract.space, child.local)) {
      const { members } = contract;
      const at = members.indexOf(child.local);
      if (last !== undefined && at >= 0 && at < members.indexOf(last))
        return `${child.local} stands behind ${last} in ${element.local}`;
      if (at >= 0) last = child.local;
    }
    const inside = orderProblem(child);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

function contractOf(element: SoapElement): Contract | undefined {
  const { local, type } = element;
  const of = (members: readonly string[]): Contract => ({ space: 'contracts', members });
  if (local.startsWith('KeyValuePairOfstring')) return { space: 'generic', members: ['key', 'value'] };
  if (isNamed(element, 'services', 'ExecuteResult')) return of(contracts.response);
  if (isNamed(element, 'contracts', 'OrganizationServiceFault')) return of(contracts.fault);
  if (isNamed(element, 'services', 'RetrieveResult') || isNamed(element, 'contracts', 'Entity'))
    return of(contracts.entity);
  if (isNamed(type, 'contracts', 'Entity')) return of(contracts.entity);
  if (isNamed(type, 'contracts', 'EntityReference')) return of(contracts.reference);
  if (isNamed(type, 'contracts', 'EntityCollection')) return of(contracts.collection);
  return undefined;
}
