import type { PlainAnswer } from '../../plain.ts';

/** An answer inside a batch; several for a change set that succeeded. */
export interface BatchAnswer {
  readonly answer: PlainAnswer;
  readonly contentId: string | undefined;
}

const phrases: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  304: 'Not Modified',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
};

/** The body of a batch's answer. */
export function writeBatch(
  answers: readonly (BatchAnswer | readonly BatchAnswer[])[],
  boundary: string,
): string {
  const parts = answers.map((each) => ('answer' in each ? httpPart(each) : changeSetPart(each)));
  return multipart(parts, boundary);
}

function multipart(parts: readonly string[], boundary: string): string {
  return [...parts.map((part) => `--${boundary}\r\n${part}\r\n`), `--${boundary}--\r\n`].join('');
}

function changeSetPart(answers: readonly BatchAnswer[]): string {
  const boundary = `changesetresponse_${crypto.randomUUID()}`;
  return `Content-Type: multipart/mixed; boundary=${boundary}\r\n\r\n${multipart(answers.map(httpPart), boundary)}`;
}

function httpPart({ answer: { status, headers, body }, contentId }: BatchAnswer): string {
  const lines = [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...(contentId === undefined ? [] : [`Content-ID: ${contentId}`]),
    '',
    `HTTP/1.1 ${status} ${phrases[status] ?? 'Error'}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    '',
    body ?? '',
  ];
  return lines.join('\r\n');
}
