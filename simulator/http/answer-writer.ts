import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Field, PlainAnswer } from '../plain.ts';
import type { AnswerForm } from './forms.ts';
import { formAnswer, writeFormed } from './formed-answers.ts';
import { usualAnswers } from './forms.ts';
import type { Unsent } from './unsent.ts';

/**
 * Milliseconds and bytes for which the rest of a refused body is still taken, so that its answer is read: more bytes than
 * the buffers of both machines hold, so that a client that goes on sending has had its turn to read.
 */
const lingerMs = 1_000;
const lingerBytes = 16 * 1024 * 1024;

/** Writes an answer, and has it watched until it has left; `last` says that the connection ends with it. */
export function writeAnswer(
  response: ServerResponse,
  answer: PlainAnswer,
  last: boolean,
  unsent: Unsent,
  form: AnswerForm = usualAnswers,
): void {
  if (form !== usualAnswers) {
    const { status, headers, body } = answer;
    const fields: Field[] = [];
    // Fields that the door itself has set, those of CORS say.
    for (const [name, value] of Object.entries(response.getHeaders())) fields.push([name, String(value)]);
    const accepts = response.req.headers['accept-encoding'];
    const kept = last ? { ...form, keepAlive: false } : form;
    writeFormed(response, formAnswer(status, [...fields, ...headers], body, String(accepts ?? ''), kept));
    return;
  }
  const { status, body } = answer;
  const bytes = body === undefined ? 0 : Buffer.byteLength(body);
  response.writeHead(status, fieldsOf(answer, bytes, last));
  // A text of ASCII is the same bytes in both, and Latin 1 is written faster.
  if (bytes === body?.length) response.end(body, 'latin1');
  else response.end(body);
  unsent.watch(response, answer.body ?? '');
}

/**
 * Answers a request whose body is not wanted, and ends the connection. A client that is still sending
 * would not see an answer that comes with a cut, so what it sends is thrown away for a moment.
 */
export function refuseAndCut(incoming: IncomingMessage, response: ServerResponse, answer: PlainAnswer): void {
  const { status, body = '' } = answer;
  response.writeHead(status, fieldsOf(answer, Buffer.byteLength(body), true));
  response.write(body);
  let cutOff = false;
  const cut = () => {
    if (cutOff) return;
    cutOff = true;
    clearTimeout(timer);
    response.end(() => {
      incoming.socket.destroy();
    });
  };
  const timer = setTimeout(cut, lingerMs);
  let thrownAway = 0;
  incoming.on('data', (chunk: Buffer) => {
    thrownAway += chunk.length;
    if (thrownAway > lingerBytes) cut();
  });
  incoming.on('end', cut);
  incoming.on('close', cut);
  incoming.on('error', cut);
}

function fieldsOf({ status, headers, body }: PlainAnswer, bytes: number, last: boolean): string[] {
  const flat: string[] = [];
  for (const [name, value] of headers) flat.push(name, value);
  if (body !== undefined) flat.push('Content-Length', String(bytes));
  else if (status !== 204 && status !== 304) flat.push('Content-Length', '0');
  if (last) flat.push('Connection', 'close');
  return flat;
}
