import { Agent, request } from 'node:http';

/** An answer of the organization. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Sends requests to one organization, over a bounded number of connections that are kept open. */
export class HttpClient {
  readonly #organization: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #agent: Agent;

  constructor(organization: string, token: string, connections: number) {
    this.#organization = organization;
    this.#headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Sends one request; rejects where the connection ends before the whole answer. */
  send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body = '',
  ): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const options = { method, agent: this.#agent, headers: { ...this.#headers, ...headers } };
      const sent = request(`${this.#organization}${path}`, options, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** Closes its connections. */
  close(): void {
    this.#agent.destroy();
  }
}
