/** How strongly a clause binds: a broken MUST fails the run, a broken SHOULD warns, a MAY is only observed. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/**
 * What a clause rests on: `stated` in prose or a table of the documentation, only `shown` by its
 * example, or `derived` from OData, the RFCs, general Web API documentation or a stated fact.
 */
export type Basis = 'stated' | 'shown' | 'derived';

/**
 * What a target must offer before a clause is decidable. `slow` beside `clock` means that waiting
 * on a real clock decides it too; `clock` alone needs a virtual clock.
 */
export type Need =
  | 'probe'
  | 'clock'
  | 'slow'
  | 'callback'
  | 'event'
  | 'event-step'
  | 'callback-registration'
  | 'table'
  | 'auth'
  | 'other'
  | 'unprivileged'
  | 'sdk';

/** Where a clause is documented; `document` is a key of {@link documents}. */
export interface Source {
  readonly document: DocumentId;
  /** The anchor of the heading in that document, without `#`. */
  readonly anchor?: string;
  /** What to look for there, or how the clause follows from it. */
  readonly note?: string;
}

/** One testable clause, as it is written in its section's file. */
export interface ClauseData {
  readonly level: Level;
  readonly basis: Basis;
  /** The clause in one sentence; code in back quotes. */
  readonly duty: string;
  readonly needs: readonly Need[];
  /** Why it matters to somebody who writes a client; plain text. */
  readonly why?: string;
  /** Where it differs from the section's source. */
  readonly source?: Source;
}

/** A clause with what its section adds. */
export interface Clause extends ClauseData {
  /** `section.name`; kept for ever. */
  readonly id: string;
  readonly section: string;
  readonly source: Source;
}

/** One section of the contract: a heading of the documentation and its clauses. */
export interface Section<Id extends string = string> {
  readonly id: string;
  readonly title: string;
  readonly source: Source;
  readonly clauses: Readonly<Record<Id, ClauseData>>;
}

/** The documents that clauses cite. */
export const documents = {
  article: {
    title: 'Background operations (Microsoft Dataverse)',
    url: 'https://learn.microsoft.com/power-apps/developer/data-platform/background-operations',
  },
  table: {
    title: 'Background Operation (backgroundoperation) table reference',
    url: 'https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/backgroundoperation',
  },
  event: {
    title: 'OnBackgroundOperationComplete action (Web API reference)',
    url: 'https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/onbackgroundoperationcomplete',
  },
  'compose-requests': {
    title: 'Compose HTTP requests and handle errors (Dataverse Web API)',
    url: 'https://learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors',
  },
  query: {
    title: 'Query data using the Web API (Dataverse)',
    url: 'https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query/overview',
  },
  'conditional-operations': {
    title: 'Perform conditional operations using the Web API (Dataverse)',
    url: 'https://learn.microsoft.com/power-apps/developer/data-platform/webapi/perform-conditional-operations-using-web-api',
  },
  'elastic-tables': {
    title: 'Elastic tables (Dataverse)',
    url: 'https://learn.microsoft.com/power-apps/developer/data-platform/elastic-tables',
  },
  webhooks: {
    title: 'Use webhooks (Dataverse)',
    url: 'https://learn.microsoft.com/power-apps/developer/data-platform/use-webhooks',
  },
  architecture: {
    title: 'Use Dataverse background operations (Power Platform architecture)',
    url: 'https://learn.microsoft.com/power-platform/architecture/reference-architectures/dataverse-background-operations',
  },
  connector: {
    title: 'Microsoft Dataverse connector reference',
    url: 'https://learn.microsoft.com/connectors/commondataserviceforapps/',
  },
  'callback-registration': {
    title: 'Callback Registration (callbackregistration) table reference',
    url: 'https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/callbackregistration',
  },
  authentication: {
    title: 'Use OAuth authentication with Microsoft Dataverse',
    url: 'https://learn.microsoft.com/power-apps/developer/data-platform/authenticate-oauth',
  },
  'error-codes': {
    title: 'Web service error codes (Dataverse)',
    url: 'https://learn.microsoft.com/power-apps/developer/data-platform/reference/web-service-error-codes',
  },
  'custom-api': {
    title: 'Create and use custom APIs (Dataverse)',
    url: 'https://learn.microsoft.com/power-apps/developer/data-platform/custom-api',
  },
  'organization-service': {
    title: 'Use the Organization service (Dataverse)',
    url: 'https://learn.microsoft.com/power-apps/developer/data-platform/org-service/overview',
  },
  'service-faults': {
    title: 'Handle exceptions in your code (Dataverse)',
    url: 'https://learn.microsoft.com/power-apps/developer/data-platform/org-service/handle-exceptions-code',
  },
  'data-member-order': {
    title: 'Data Member Order (.NET)',
    url: 'https://learn.microsoft.com/dotnet/framework/wcf/feature-details/data-member-order',
  },
  odata: {
    title: 'OData Version 4.01 Part 1: Protocol',
    url: 'https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part1-protocol.html',
  },
  rfc7240: { title: 'RFC 7240: Prefer Header for HTTP', url: 'https://www.rfc-editor.org/rfc/rfc7240' },
  rfc9110: { title: 'RFC 9110: HTTP Semantics', url: 'https://www.rfc-editor.org/rfc/rfc9110' },
  rfc6750: { title: 'RFC 6750: OAuth 2.0 Bearer Token Usage', url: 'https://www.rfc-editor.org/rfc/rfc6750' },
} as const;

/** A key of {@link documents}. */
type DocumentId = keyof typeof documents;

/** Declares a section, keeping the literal ids of its clauses as types. */
export function defineSection<const Id extends string>(section: Section<Id>): Section<Id> {
  return section;
}

/** The address of a source, with its anchor. */
export function sourceUrl(source: Source): string {
  const { url } = documents[source.document];
  return source.anchor === undefined ? url : `${url}#${source.anchor}`;
}
