import { messages } from '../../contract/vocabulary.ts';
import type { Choices } from '../choices.ts';
import type { Operation } from '../core/operation.ts';
import { fieldProblem } from '../http/framing-headers.ts';
import type { Organization } from '../world.ts';
import type { ProcessingStep, ServiceEndpoint } from './tables.ts';

/** `authtype` of an endpoint whose settings are header fields. */
const headerSettings = 5;

const noRow = '00000000-0000-0000-0000-000000000000';

const pair = (key: string, value: unknown) => ({ key, value });

/** The context that a webhook on `OnBackgroundOperationComplete` receives; `now` in epoch milliseconds. */
export function completionContext(
  operation: Operation,
  location: string,
  step: ProcessingStep,
  organization: Organization,
  now: number,
): Record<string, unknown> {
  const user = operation.runAs;
  return {
    BusinessUnitId: organization.businessUnitId,
    CorrelationId: operation.id,
    Depth: 1,
    InitiatingUserId: user,
    InputParameters: [
      pair('PayloadType', 0),
      pair('LocationUrl', location),
      pair('BackgroundOperationId', operation.id),
    ],
    IsExecutingOffline: false,
    IsInTransaction: false,
    IsOfflinePlayback: false,
    IsolationMode: 1,
    MessageName: messages.complete,
    Mode: step.mode,
    OperationCreatedOn: `/Date(${now}+0000)/`,
    OperationId: crypto.randomUUID(),
    OrganizationId: organization.id,
    OrganizationName: organization.name,
    OutputParameters: [
      pair('BackgroundOperationStateCode', operation.state),
      pair('BackgroundOperationStatusCode', operation.status),
      pair('OperationName', operation.name),
    ],
    OwningExtension: {
      Id: step.id,
      KeyAttributes: [],
      LogicalName: 'sdkmessageprocessingstep',
      Name: step.name,
      RowVersion: null,
    },
    ParentContext: null,
    PostEntityImages: [],
    PreEntityImages: [],
    PrimaryEntityId: noRow,
    PrimaryEntityName: 'none',
    RequestId: null,
    SecondaryEntityName: 'none',
    SharedVariables: [],
    Stage: step.stage,
    UserId: user,
  };
}

/**
 * What a callback registration on `OnBackgroundOperationComplete` is sent. Flows were seen to receive plain objects of
 * parameters; webhooks are documented to receive lists.
 */
export function registrationBody(
  operation: Operation,
  location: string,
  form: Choices['registrationForm'],
): Record<string, unknown> {
  const formed = (values: Record<string, unknown>): unknown =>
    form === 'objects' ? values : Object.entries(values).map(([key, value]) => ({ key, value }));
  return {
    InputParameters: formed({
      PayloadType: 0,
      LocationUrl: location,
      BackgroundOperationId: operation.id,
    }),
    OutputParameters: formed({
      BackgroundOperationStateCode: operation.state,
      BackgroundOperationStatusCode: operation.status,
      OperationName: operation.name,
    }),
    SdkMessage: messages.complete,
    RunAsSystemUserId: operation.runAs,
  };
}

/** Where a webhook is called and with which extra headers, by its kind of authentication. */
export function webhookAddress(endpoint: ServiceEndpoint): {
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
} {
  const url = endpoint.url ?? '';
  const secret = endpoint.authValue ?? '';
  if (endpoint.authType === headerSettings) return { url, headers: settings(secret) };
  const query = endpoint.authType === 6 ? settings(secret) : secret === '' ? [] : [['code', secret] as const];
  const text = query
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  return { url: text === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${text}`, headers: [] };
}

/** What is wrong with the header fields that an endpoint wants to be sent; undefined if nothing is. */
export function headerProblem({
  authType,
  authValue,
}: Pick<ServiceEndpoint, 'authType' | 'authValue'>): string | undefined {
  if (authType !== headerSettings) return undefined;
  for (const [name, value] of settings(authValue ?? '')) {
    const problem = fieldProblem(name, value);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Reads `<settings><setting name="…" value="…" /></settings>`. */
function settings(xml: string): [name: string, value: string][] {
  return [...xml.matchAll(/<setting\s+name="([^"]*)"\s+value="([^"]*)"\s*\/>/g)].map(([, name, value]) => [
    unescape(name ?? ''),
    unescape(value ?? ''),
  ]);
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

function unescape(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|apos);/g, (entity) => entities[entity] ?? entity);
}
