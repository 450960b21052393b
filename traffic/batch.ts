import { fieldsInLines, headerIn, type TrafficExchange, type TrafficMessage } from './exchange.ts';
import { multipart, type MultipartPart } from './multipart.ts';
import { originOf, resourceOf } from './resource.ts';

type Answer = NonNullable<TrafficExchange['answer']>;

/** Parts of one batch that are looked at. */
const mostParts = 1_000;

/**
 * The requests within a `$batch`, each with its answer, as exchanges of their own: at the batch's time and with its
 * credentials. None for what is no batch, or one that cannot be taken apart.
 */
export function partsOf(batch: TrafficExchange): readonly TrafficExchange[] {
  if (batch.method !== 'POST' || resourceOf(batch.url).kind !== 'batch') return [];
  const answers = batch.answer === undefined ? [] : partsIn(batch.answer);
  return partsIn(batch.request)
    .flatMap((part, index) => pairsOf(part, answers[index]))
    .slice(0, mostParts)
    .flatMap(([part, answer]) => exchangeOf(part, answer, batch));
}

function partsIn(message: TrafficMessage): readonly MultipartPart[] {
  return multipart(headerIn(message, 'content-type'), message.body);
}

/** A part and its answer, or those of a change set: one that failed has one answer, which is that of each member. */
function pairsOf(
  part: MultipartPart,
  answer: MultipartPart | undefined,
): (readonly [MultipartPart, MultipartPart | undefined])[] {
  const members = nested(part);
  if (members.length === 0) return [[part, answer]];
  const answers = answer === undefined ? [] : nested(answer);
  return members.map((member, index) => [member, answers.length === 0 ? answer : answers[index]]);
}

function nested({ headers, text }: MultipartPart): readonly MultipartPart[] {
  const type = headerIn({ headers, body: undefined }, 'content-type');
  return type !== undefined && /^multipart\//i.test(type) ? multipart(type, text) : [];
}

function exchangeOf(
  part: MultipartPart,
  answered: MultipartPart | undefined,
  batch: TrafficExchange,
): TrafficExchange[] {
  const sent = messageIn(part.text);
  const [, method, target] = /^([A-Z]+) (\S+)/i.exec(sent.start) ?? [];
  if (method === undefined || target === undefined) return [];
  const { number, file, from, to, credential } = batch;
  return [
    {
      number,
      file,
      from,
      to,
      method: method.toUpperCase(),
      url: addressOf(target, batch.url),
      credential,
      request: sent.message,
      answer: answered === undefined ? undefined : answerIn(answered.text),
      batch,
    },
  ];
}

function answerIn(text: string): Answer | undefined {
  const { start, message } = messageIn(text);
  const status = Number(/^HTTP\/[\d.]+ (\d{3})/i.exec(start)?.[1]);
  return Number.isNaN(status) ? undefined : { ...message, status };
}

/** An HTTP message as the body of a part: its first line, fields and body. */
function messageIn(text: string): { readonly start: string; readonly message: TrafficMessage } {
  const [head = '', body = ''] = text.split(/\r?\n\r?\n(.*)/s, 2);
  const [start = '', ...lines] = head.split(/\r?\n/);
  return { start, message: { headers: fieldsInLines(lines), body: body === '' ? undefined : body } };
}

/** Where a part goes: absolute, a path of the organization, or relative to the Web API. */
function addressOf(target: string, batchUrl: string): string {
  if (/^https?:/i.test(target)) return target;
  if (target.startsWith('/')) return originOf(batchUrl) + target;
  return batchUrl.replace(/[?#].*$/s, '').replace(/[^/]*$/, target);
}
