import type { Answer, JsonObject } from '../answer.ts';
import type { Principal } from '../auth.ts';
import type { Client } from '../client.ts';
import { errorCodes, messages, pairs, paths, table } from '../../contract/vocabulary.ts';
import type { Operation } from '../operation.ts';
import { monitorPath } from '../operation.ts';
import type { Probe } from '../probe.ts';
import type { Called, CallOptions } from '../probe-calls.ts';
import type { NamedOperation, Sending } from '../sending.ts';
import type { Target } from '../target.ts';
import { Blocked, NotTestable } from '../verdict.ts';
import { SoapAnswer } from './soap-answer.ts';
import type { TypedValue } from './values.ts';
import {
  executeEnvelope,
  retrieveEnvelope,
  updateEnvelope,
  type Columns,
  type SoapMessage,
  type Parameter,
} from './write.ts';

const usualPath = '/XRMServices/2011/Organization.svc/web';
/** What the suite says it is; clients of the SDK write their own version. */
const clientVersion = 'SDKClientVersion=9.2.49.1';
const action = 'http://schemas.microsoft.com/xrm/2011/Contracts/Services/IOrganizationService/';

/** How a client calls: by the operation of that name, or by `Execute` with a typed request, as the newer SDK does. */
export type Style = 'dedicated' | 'execute';

/** The columns that tell how far an operation is. */
const codeColumns = [table.state, table.status] as const;

/** The organization service of a target, as clients of the SDK for .NET call it. */
export class OrganizationService {
  readonly #target: Target;
  readonly #as: (principal: Principal) => Client;
  readonly #probe: Probe;

  constructor(target: Target, as: (principal: Principal) => Client, probe: Probe) {
    this.#target = target;
    this.#as = as;
    this.#probe = probe;
  }

  /** `Execute` of a message, whatever it answers. */
  execute(message: SoapMessage, as: Principal = 'initiator'): Promise<SoapAnswer> {
    return this.#post('Execute', executeEnvelope(message), as);
  }

  /** `Retrieve` of an operation's row, whatever it answers. */
  retrieve(
    id: string,
    columns: Columns = codeColumns,
    style: Style = 'dedicated',
    as?: Principal,
  ): Promise<SoapAnswer> {
    const name = 'Retrieve';
    if (style === 'dedicated') return this.#post(name, retrieveEnvelope(table.entity, id, columns), as);
    const parameters = {
      Target: { type: 'EntityReference', value: { logicalName: table.entity, id } },
      ColumnSet: { type: 'ColumnSet', value: columns },
    } as const;
    return this.execute({ name, className: 'RetrieveRequest', parameters }, as);
  }

  /** `Update` of an operation's row to the given codes, whatever it answers. */
  update(
    id: string,
    codes: { readonly state: number; readonly status: number },
    style: Style = 'dedicated',
    as?: Principal,
  ): Promise<SoapAnswer> {
    const name = 'Update';
    const option = (value: number): TypedValue => ({ type: 'OptionSetValue', value });
    const both = [
      [table.state, option(codes.state)],
      [table.status, option(codes.status)],
    ] as const;
    // The order of attributes means nothing.
    const attributes = new Map(style === 'execute' ? both.toReversed() : both);
    const entity = { logicalName: table.entity, id, attributes, labels: new Map<string, string>() };
    if (style === 'dedicated') return this.#post(name, updateEnvelope(entity), as);
    const parameters = { Target: { type: 'Entity', value: entity } } as const;
    return this.execute({ name, className: 'UpdateRequest', parameters }, as);
  }

  /** `Update` of an operation's row to the codes of canceling, once its row is there; whatever it answers. */
  async cancel(operation: Operation, style: Style = 'dedicated'): Promise<SoapAnswer> {
    const soap = await operation.consistent(
      () => this.update(operation.id, pairs.canceling, style),
      ({ fault }) => fault?.code !== errorCodes.notFound,
    );
    if (soap.done) operation.noteCanceled();
    return soap;
  }

  /** `Execute` of the probe itself, which runs at once; whatever it answers. */
  async callNow(options: CallOptions = {}): Promise<Called & { readonly soap: SoapAnswer }> {
    const send: Sending = async ({ customApi: name, body, as }) =>
      (await this.execute({ name, parameters: parametersOf(body) }, as)).answer;
    const called = await this.#probe.callBy(send, options);
    return { ...called, soap: new SoapAnswer(called.answer) };
  }

  /** `ExecuteBackgroundOperation` of the probe, whatever it answers. */
  async call(options: CallOptions = {}): Promise<Called & { readonly soap: SoapAnswer }> {
    const called = await this.#probe.callBy(this.#send(options), options);
    return { ...called, soap: new SoapAnswer(called.answer) };
  }

  /** `ExecuteBackgroundOperation` of the probe; blocks the check where no operation comes of it. */
  submit(options: CallOptions = {}): Promise<Operation> {
    return this.#probe.submitBy(this.#send(options), identify, options);
  }

  #send({ callbackFirst = false }: CallOptions): Sending {
    return async ({ customApi, body, callbackUrl, as }) => {
      const request: Parameter = {
        type: 'request',
        value: { name: customApi, parameters: parametersOf(body) },
      };
      const callback: Record<string, Parameter> =
        callbackUrl === undefined ? {} : { CallbackUri: { type: 'string', value: callbackUrl } };
      // Parameters are known by their keys: their order means nothing.
      const parameters = callbackFirst
        ? { ...callback, Request: request }
        : { Request: request, ...callback };
      return (await this.execute({ name: messages.execute, parameters }, as)).answer;
    };
  }

  async #post(operation: string, body: string, as: Principal = 'initiator'): Promise<SoapAnswer> {
    const { sdk } = this.#target.config.target;
    const at = typeof sdk === 'string' ? { base: new URL(sdk).origin } : {};
    const path = typeof sdk === 'string' ? new URL(sdk).pathname : usualPath;
    const answer = await this.#as(as).send({
      ...at,
      method: 'POST',
      path: `${path}?${clientVersion}`,
      headers: [
        ['Content-Type', 'text/xml; charset=utf-8'],
        ['SOAPAction', `"${action}${operation}"`],
      ],
      body,
    });
    return new SoapAnswer(answer);
  }
}

/** The inputs of a custom API as parameters; a fixed one may have only what JSON tells the type of. */
function parametersOf(body: JsonObject): Record<string, Parameter> {
  const typed = ([name, value]: [string, unknown]): [string, Parameter] => {
    if (value === null) return [name, null];
    if (typeof value === 'string') return [name, { type: 'string', value }];
    if (typeof value === 'boolean') return [name, { type: 'boolean', value }];
    if (Number.isInteger(value)) return [name, { type: 'int', value: value as number }];
    throw new NotTestable(
      `needs a fixed custom API whose inputs are text, true or false, or whole numbers: ${name} is none of them`,
    );
  };
  return Object.fromEntries(Object.entries(body).map(typed));
}

/** Which operation an answer to `ExecuteBackgroundOperation` names, in whatever form. */
function identify(answer: Answer): NamedOperation {
  const soap = new SoapAnswer(answer);
  const results = soap.results();
  const text = (name: string): string | undefined => {
    const found = results?.get(name);
    return typeof found?.value === 'string' && found.type !== 'odd' ? found.value : undefined;
  };
  const location = text('Location');
  const named = (text('BackgroundOperationId') ?? location)?.toLowerCase();
  const id = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/.exec(named ?? '')?.[0];
  if (id === undefined) throw new Blocked('sdk.outputs', soap.describe(), soap.fault === undefined);
  const isMonitor = location?.toLowerCase().includes(`${paths.monitor}${id}`) === true;
  return { id, monitorUrl: isMonitor ? location : monitorPath(id) };
}
