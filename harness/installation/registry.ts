import { isObject, type Answer, type JsonObject } from '../answer.ts';
import type { Client } from '../client.ts';

/** The target refused to read or write what it was asked for. The message is fit to be shown. */
export class RegistryRefusal extends Error {
  override readonly name = 'RegistryRefusal';
}

/** Milliseconds for one write: the platform changes its metadata, which takes it a while. */
const writeTimeoutMs = 120_000;

/** The tables in which custom APIs and plug-ins are registered, reached through the Web API. */
export class Registry {
  readonly #client: Client;
  readonly #solution: string | undefined;

  /** `solution`: unique name of the unmanaged solution that takes what is written. */
  constructor(client: Client, solution?: string) {
    this.#client = client;
    this.#solution = solution;
  }

  /**
   * The rows of a set that match a filter.
   *
   * @throws RegistryRefusal, TransportError
   */
  async find(set: string, columns: readonly string[], filter: string): Promise<JsonObject[]> {
    const query = `${set}?$select=${columns.join(',')}&$filter=${encodeURIComponent(filter)}`;
    const answer = await this.#client.api('GET', query);
    const rows = answer.status === 200 ? answer.object()?.['value'] : undefined;
    if (!Array.isArray(rows)) throw refusal(`read ${set}`, answer);
    return (rows as unknown[]).filter(isObject);
  }

  /**
   * Creates a row and gives its id.
   *
   * @throws RegistryRefusal, TransportError
   */
  async create(set: string, body: JsonObject): Promise<string> {
    const answer = await this.#client.api('POST', set, {
      body,
      headers: this.#headers(),
      timeoutMs: writeTimeoutMs,
    });
    const id = /\(([0-9a-f-]{36})\)\s*$/i.exec(answer.header('OData-EntityId') ?? '')?.[1];
    if (!answer.ok || id === undefined) throw refusal(`create a row of ${set}`, answer);
    return id.toLowerCase();
  }

  /**
   * Changes columns of a row.
   *
   * @throws RegistryRefusal, TransportError
   */
  async change(set: string, id: string, body: JsonObject): Promise<void> {
    // If-Match keeps a row that vanished meanwhile from being created anew.
    const headers = [...this.#headers(), ['If-Match', '*'] as const];
    const answer = await this.#client.api('PATCH', `${set}(${id})`, {
      body,
      headers,
      timeoutMs: writeTimeoutMs,
    });
    if (!answer.ok) throw refusal(`change a row of ${set}`, answer);
  }

  /**
   * Deletes a row; one that is already gone is fine.
   *
   * @throws RegistryRefusal, TransportError
   */
  async remove(set: string, id: string): Promise<void> {
    const answer = await this.#client.api('DELETE', `${set}(${id})`, { timeoutMs: writeTimeoutMs });
    if (!answer.ok && answer.status !== 404) throw refusal(`delete a row of ${set}`, answer);
  }

  #headers(): (readonly [string, string])[] {
    return this.#solution === undefined ? [] : [['MSCRM.SolutionUniqueName', this.#solution]];
  }
}

function refusal(wish: string, answer: Answer): RegistryRefusal {
  return new RegistryRefusal(`the target refused to ${wish}: ${said(answer)}.${advice(answer.status)}`);
}

/** Status, code and message of an error, without the rest of its body. */
function said(answer: Answer): string {
  const error = answer.object()?.['error'];
  if (!isObject(error)) return answer.describe();
  const text = String(error['message'] ?? '').replace(/\.\s*$/, '');
  return [String(answer.status), error['code'], text].filter((part) => part !== '').join(' ');
}

function advice(status: number): string {
  if (status === 401) return ' Check target.auth: the token is missing or not valid for this organization.';
  if (status === 403) return ' The user needs the role System Customizer or System Administrator.';
  if (status === 404)
    return ' A target that is not Dataverse hosts the probe itself, see docs/target-interface.md.';
  return '';
}
