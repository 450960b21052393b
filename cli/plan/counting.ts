import { headers, messages } from '../../contract/vocabulary.ts';
import type { WireAnswer, WireRequest } from '../../harness/answer.ts';
import type { Transport } from '../../harness/transport.ts';

/** What a run, or a part of it, does to a target. */
export interface Footprint {
  /** Requests to the target, those of a virtual clock apart. */
  readonly requests: number;
  /** Background operations that it starts. */
  readonly operations: number;
  /** Of these: operations that ask for a callback. */
  readonly callbacks: number;
  /** Executions of a custom API without an operation. */
  readonly synchronous: number;
  /** Rows of serviceendpoints; each is deleted again. */
  readonly webhooks: number;
  /** Rows of sdkmessageprocessingsteps; each is deleted again. */
  readonly steps: number;
  /** Rows of callbackregistrations; each is deleted again. */
  readonly registrations: number;
}

/** Nothing done. */
export const noFootprint: Footprint = {
  requests: 0,
  operations: 0,
  callbacks: 0,
  synchronous: 0,
  webhooks: 0,
  steps: 0,
  registrations: 0,
};

/** The sum of several. */
export function total(footprints: readonly Footprint[]): Footprint {
  const sum = { ...noFootprint };
  const names = Object.keys(sum) as (keyof Footprint)[];
  for (const one of footprints) for (const name of names) sum[name as 'requests'] += one[name];
  return sum;
}

/** A transport that tells what went through it since it was last asked. */
export interface CountingTransport extends Transport {
  readonly taken: () => Footprint;
}

/** Counts what goes through a transport; `customApis` are the names whose execution is looked for. */
export function counting(transport: Transport, customApis: readonly string[]): CountingTransport {
  let counted: Footprint[] = [];
  return {
    close: () => transport.close(),
    send: async (request, options) => {
      const answer = await transport.send(request, options);
      counted.push(footprintOf(request, answer, customApis));
      return answer;
    },
    taken: () => {
      const sum = total(counted);
      counted = [];
      return sum;
    },
  };
}

function footprintOf(request: WireRequest, answer: WireAnswer, customApis: readonly string[]): Footprint {
  const done = { ...noFootprint, requests: 1 };
  if (request.method !== 'POST' || answer.status < 200 || answer.status > 299) return done;
  const soap = soapCallOf(request);
  if (soap === messages.execute)
    return { ...done, operations: 1, callbacks: request.body?.includes('>CallbackUri<') === true ? 1 : 0 };
  if (soap !== undefined) return customApis.includes(soap) ? { ...done, synchronous: 1 } : done;
  const resource = /^\/api\/data\/v[\d.]+\/(\w+)$/.exec(new URL(request.url).pathname)?.[1] ?? '';
  if (answer.status === 202) return { ...done, operations: 1, callbacks: asksForCallback(answer) ? 1 : 0 };
  if (customApis.includes(resource)) return { ...done, synchronous: 1 };
  if (resource === 'serviceendpoints') return { ...done, webhooks: 1 };
  if (resource === 'sdkmessageprocessingsteps') return { ...done, steps: 1 };
  if (resource === 'callbackregistrations') return { ...done, registrations: 1 };
  return done;
}

/** The message of an `Execute` of the organization service: its name stands behind those inside it. */
function soapCallOf({ headers: fields, body = '' }: WireRequest): string | undefined {
  if (!fields.some(([name]) => name.toLowerCase() === 'soapaction')) return undefined;
  return [...body.matchAll(/RequestName>(\w+)</g)].at(-1)?.[1] ?? '';
}

function asksForCallback({ headers: fields }: WireAnswer): boolean {
  const applied = headers.preferenceApplied.toLowerCase();
  return fields.some(([name, value]) => name.toLowerCase() === applied && /callback/i.test(value));
}
