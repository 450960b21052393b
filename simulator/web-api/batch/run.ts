import type { PlainAnswer, PlainRequest } from '../../plain.ts';
import { headerOf } from '../../plain.ts';
import { Pace } from '../../pace.ts';
import { Changes, type UndoLog } from '../../store/undo-log.ts';
import type { ApiError } from '../errors.ts';
import { errorAnswer } from '../errors.ts';
import { batchErrors } from './errors.ts';
import { partRequest } from './part-request.ts';
import type { BatchRequest, BatchStep } from './read.ts';
import { BatchProblem, readBatch } from './read.ts';
import type { BatchAnswer } from './write.ts';
import { writeBatch } from './write.ts';

/** Answers one request of a batch. */
export type AnswerPart = (request: PlainRequest) => PlainAnswer | Promise<PlainAnswer>;

/** Characters that the answers of a batch may have together. */
export const longestAnswers = 32 * 1024 * 1024;

const continueOnError = /(?:^|[,;])\s*(?:odata\.)?continue-on-error\s*(?:=\s*"?true"?\s*)?(?:[,;]|$)/i;

/**
 * Answers `POST $batch`: one request after the other. The first error ends the batch, and its status is that of
 * the whole, unless the client prefers to continue. What a failed change set wrote is taken back, except in the
 * elastic table of operations, whose change sets are not atomic.
 */
export async function runBatch(
  outer: PlainRequest,
  root: string,
  answerPart: AnswerPart,
  undo: UndoLog,
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
    const changes = new Changes();
    const requests = step.kind === 'request' ? [step.request] : step.requests;
    const done: BatchAnswer[] = [];
    for (const request of requests) {
      if (pace.due) await pace.rest();
      const pending = undo.record(changes, () => one(request, outer, root, references, answerPart));
      let answer = pending instanceof Promise ? await pending : pending;
      room -= answer.body?.length ?? 0;
      if (room < 0) answer = errorAnswer(batchErrors.tooLong(longestAnswers));
      const entity = headerOf(answer, 'OData-EntityId') ?? headerOf(answer, 'Location');
      if (request.contentId !== undefined && entity !== undefined) references.set(request.contentId, entity);
      done.push({ answer: created(request, answer), contentId: request.contentId });
      if (answer.status >= 400) break;
    }
    const last = done.at(-1);
    if (last === undefined) continue;
    const failed = last.answer.status >= 400;
    if (failed && step.kind === 'change-set') changes.undo();
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

/** Answers one request; what it changes at once stays inside the recording of the change set. */
function one(
  request: BatchRequest,
  outer: PlainRequest,
  root: string,
  references: ReadonlyMap<string, string>,
  answerPart: AnswerPart,
): PlainAnswer | Promise<PlainAnswer> {
  const part = partRequest(request, outer, root, references);
  if (part.request !== undefined) return answerPart(part.request);
  const refused = errorAnswer(part.error);
  return { ...refused, headers: [...refused.headers, ['REQ_ID', crypto.randomUUID()]] };
}

/** Inside a batch, what was created is named by `Location` as well. */
function created({ method }: BatchRequest, answer: PlainAnswer): PlainAnswer {
  const entity = headerOf(answer, 'OData-EntityId');
  if (method !== 'POST' || entity === undefined || headerOf(answer, 'Location') !== undefined) return answer;
  return { ...answer, headers: [...answer.headers, ['Location', entity]] };
}
