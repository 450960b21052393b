import type { PlainAnswer, PlainRequest } from '../../plain.ts';
import { headerOf } from '../../plain.ts';
import { depthHeader } from '../../http/depth.ts';
import { Pace } from '../../pace.ts';
import type { ApiError } from '../errors.ts';
import { errorAnswer } from '../errors.ts';
import { batchErrors } from './errors.ts';
import type { BatchRequest, BatchStep } from './read.ts';
import { BatchProblem, readBatch } from './read.ts';
import type { BatchAnswer } from './write.ts';
import { writeBatch } from './write.ts';

/** Answers one request of a batch. */
export type AnswerPart = (request: PlainRequest) => PlainAnswer | Promise<PlainAnswer>;

/** Headers of a batch that hold for each of its requests, unless the part sets them itself. */
const inherited = ['mscrmcallerid', 'callerobjectid'];

/** Headers that a part cannot set: they are always those of the batch. */
const ofTheBatch = ['authorization', depthHeader];

/** Characters that the answers of a batch may have together. */
export const longestAnswers = 32 * 1024 * 1024;

const continueOnError = /(?:^|[,;])\s*(?:odata\.)?continue-on-error\s*(?:=\s*"?true"?\s*)?(?:[,;]|$)/i;

/**
 * Answers `POST $batch`: one request after the other. The first error ends the batch, and its status is that of
 * the whole, unless the client prefers to continue. Change sets are not atomic, as with elastic tables.
 */
export async function runBatch(
  outer: PlainRequest,
  root: string,
  answerPart: AnswerPart,
): Promise<{ readonly answer: PlainAnswer; readonly error?: ApiError }> {
  let steps: BatchStep[];
  try {
    steps = readBatch(outer.headers['content-type'], outer.body);
  } catch (error) {
    if (!(error instanceof BatchProblem)) throw error;
    const problem = batchErrors.badBatch(error.message);
    return { answer: errorAnswer(problem), error: problem };
  }
  const goOn = outer.prefer.some((field) => continueOnError.test(field));
  const answers: (BatchAnswer | readonly BatchAnswer[])[] = [];
  const pace = new Pace();
  let room = longestAnswers;
  let status = 200;
  for (const step of steps) {
    const references = new Map<string, string>();
    const requests = step.kind === 'request' ? [step.request] : step.requests;
    const done: BatchAnswer[] = [];
    for (const request of requests) {
      if (pace.due) await pace.rest();
      let answer = await one(request, outer, root, references, answerPart);
      room -= answer.body?.length ?? 0;
      if (room < 0) answer = errorAnswer(batchErrors.tooLong(longestAnswers));
      const entity = headerOf(answer, 'OData-EntityId') ?? headerOf(answer, 'Location');
      if (request.contentId !== undefined && entity !== undefined) references.set(request.contentId, entity);
      done.push({ answer, contentId: request.contentId });
      if (answer.status >= 400) break;
    }
    const last = done.at(-1);
    if (last === undefined) continue;
    const failed = last.answer.status >= 400;
    // A change set that failed has one answer only: its error.
    answers.push(step.kind === 'request' || failed ? last : done);
    if (room < 0 || (failed && !goOn)) {
      ({ status } = last.answer);
      break;
    }
  }
  const boundary = `batchresponse_${crypto.randomUUID()}`;
  return {
    answer: {
      status,
      headers: [
        ['Content-Type', `multipart/mixed; boundary=${boundary}`],
        ['OData-Version', '4.0'],
      ],
      body: writeBatch(answers, boundary),
    },
  };
}

async function one(
  request: BatchRequest,
  outer: PlainRequest,
  root: string,
  references: ReadonlyMap<string, string>,
  answerPart: AnswerPart,
): Promise<PlainAnswer> {
  let missing: string | undefined;
  const resolved = (id: string): string => {
    const url = references.get(id);
    if (url === undefined) missing ??= id;
    return url ?? '';
  };
  const url = request.url.replace(/^\/?\$(\d[\w.-]*)(?=$|[/?(])/, (_all, id: string) => resolved(id));
  const body = request.body.replace(
    /("[^"\\]*@odata\.bind"\s*:\s*")\/?\$([\w.-]+)/g,
    (_all, before: string, id: string) => `${before}${resolved(id)}`,
  );
  if (missing !== undefined) return errorAnswer(batchErrors.noContentId(missing));
  const address = URL.canParse(url, root) ? new URL(url, root) : undefined;
  if (address === undefined || address.host !== new URL(root).host)
    return errorAnswer(
      batchErrors.badBatch(`The address '${url.slice(0, 200)}' is not one of this organization.`),
    );
  if (/\/\$batch$/i.test(address.pathname))
    return errorAnswer(batchErrors.badBatch('A batch may not contain another batch.'));
  const headers: Record<string, string | undefined> = {};
  for (const name of inherited) headers[name] = outer.headers[name];
  Object.assign(headers, request.headers);
  for (const name of ofTheBatch) headers[name] = outer.headers[name];
  return answerPart({
    ...outer,
    method: request.method,
    path: address.pathname,
    query: address.search.slice(1),
    headers,
    prefer: request.headers.prefer === undefined ? [] : [request.headers.prefer],
    body,
  });
}
