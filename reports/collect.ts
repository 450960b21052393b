import { readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { TestCase, TestResult } from '@playwright/test/reporter';
import { z } from 'zod';
import { toldCheckSchema, type Outcome, type RawCheck } from '../record/outcome.ts';
import type { WholeBody } from './body-files.ts';

/** The name of the attachment in which the harness hands over what a check tells. */
const attachmentName = 'bgop-check';

/** What the harness tells of one test; the rest of {@link RawCheck} comes from Playwright. */
type ToldCheck = z.output<typeof toldCheckSchema>;

const toldSchema = z.union([toldCheckSchema, z.array(toldCheckSchema)]);

/** Test and result as Playwright reports them, as far as they are read here. */
export type EndedTest = Pick<TestCase, 'title' | 'location' | 'annotations' | 'timeout'>;
/** See {@link EndedTest}. */
export type EndedResult = Pick<
  TestResult,
  'status' | 'attachments' | 'errors' | 'startTime' | 'duration' | 'annotations'
>;

/** The raw checks of an ended test, one for each clause that it names; none for a test that names no clause. */
export function rawChecks(test: EndedTest, result: EndedResult, root: string): RawCheck[] {
  const told = toldChecks(result).map((one) => withStatus(one, test, result));
  const fallback = told.length === 0 ? [untold(test, result)] : [];
  return clausesOf(test, result).flatMap((clause) =>
    [...told, ...fallback]
      .filter((one) => one.clause === undefined || one.clause === clause)
      .map((one) => ({
        ...placed(test, result, root),
        ...one,
        startedAt: result.startTime.toISOString(),
        durationMs: Math.max(0, Math.round(result.duration)),
        clause,
      })),
  );
}

/** The raw checks of a test that never ran. */
export function unrunChecks(
  test: EndedTest,
  root: string,
  why: string,
  outcome: Outcome = 'error',
): RawCheck[] {
  return clausesOf(test).map((clause) => ({
    ...placed(test, undefined, root),
    clause,
    outcome,
    reason: why,
    startedAt: new Date(0).toISOString(),
    durationMs: 0,
    evidence: [],
  }));
}

/** How a check ended that was at work when the run was stopped: it is nobody's fault. */
export const interrupted = { outcome: 'inconclusive', reason: 'the run was interrupted during it' } as const;

/** Whether Playwright passed a test over, or stopped it before it could tell anything. */
export function passedOver({ annotations: ofTest }: EndedTest, result: EndedResult): boolean {
  if (result.status !== 'skipped' || skipOf(ofTest, result.annotations) !== undefined) return false;
  return !result.attachments.some(({ name }) => name === attachmentName);
}

type Annotated = Pick<TestCase, 'annotations'>;

function described(type: string, ...places: readonly (Annotated | undefined)[]): string[] {
  const found = places.flatMap((place) => place?.annotations ?? []).filter((one) => one.type === type);
  return [...new Set(found.flatMap(({ description }) => description ?? []))];
}

function clausesOf(test: EndedTest, result?: EndedResult): string[] {
  return described('clause', test, result);
}

function placed(test: EndedTest, result: EndedResult | undefined, root: string) {
  const branch = described('branch', test, result)[0];
  return {
    title: test.title,
    file: path.relative(root, test.location.file).split(path.sep).join('/'),
    line: test.location.line,
    ...(branch === undefined ? {} : { branch }),
  };
}

function toldChecks({ attachments }: EndedResult): ToldCheck[] {
  return attachments
    .filter(({ name }) => name === attachmentName)
    .flatMap(({ body, path: file }) => {
      // A blob report keeps attachments as files.
      const text = body?.toString('utf8') ?? (file === undefined ? undefined : readFileSync(file, 'utf8'));
      return text === undefined ? [] : toldIn(text);
    });
}

/** What an attachment tells; where it cannot be read that is a fault of the suite, and said so. */
function toldIn(text: string): ToldCheck | ToldCheck[] {
  const read = toldSchema.safeParse(parsed(text));
  if (read.success) return read.data;
  const reason = 'what the check left behind cannot be read: it has not the form of a record';
  return { outcome: 'error', reason, evidence: [] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The names of files with whole bodies. */
export const bodyName = /^evidence\/body-[0-9a-f]{64}\.txt$/;

/** The whole bodies that a check left behind, by the names that its evidence gives them. */
export function wholeBodies({ attachments }: Pick<EndedResult, 'attachments'>): [string, WholeBody][] {
  return attachments
    .filter(({ name }) => bodyName.test(name))
    .flatMap(({ name, body, path: file }): [string, WholeBody][] => {
      if (body !== undefined) return [[name, body]];
      return file === undefined ? [] : [[name, { path: file }]];
    });
}

/** What the harness told, unless Playwright knows better: a test that timed out, or failed after it, cannot have passed. */
function withStatus(told: ToldCheck, test: EndedTest, result: EndedResult): ToldCheck {
  if (told.outcome === 'failed') return told;
  const evidence = told.evidence ?? [];
  if (result.status === 'interrupted') return { ...told, evidence, ...interrupted };
  if (result.status === 'timedOut') {
    return { ...told, evidence, outcome: 'error', reason: endReason(test, result) };
  }
  if (result.status === 'failed' && told.outcome === 'passed') {
    return { ...told, evidence, outcome: 'error', reason: firstError(result) };
  }
  return { ...told, evidence };
}

function untold(test: EndedTest, result: EndedResult): ToldCheck {
  if (result.status === 'skipped') {
    const skip = skipOf(test.annotations, result.annotations);
    return skip === undefined
      ? { outcome: 'error', reason: 'the check did not run', evidence: [] }
      : { outcome: 'not-tested', reason: skip.description ?? 'skipped without a reason', evidence: [] };
  }
  if (result.status === 'interrupted') return { ...interrupted, evidence: [] };
  return { outcome: 'error', reason: endReason(test, result), evidence: [] };
}

function skipOf(
  ...annotations: readonly EndedTest['annotations'][]
): EndedTest['annotations'][number] | undefined {
  return annotations.flat().find(({ type }) => type === 'skip' || type === 'fixme');
}

function endReason(test: EndedTest, result: EndedResult): string {
  if (result.status === 'timedOut') return `the check did not end within ${test.timeout / 1000} s`;
  return firstError(result);
}

function firstError({ errors }: EndedResult): string {
  const message = errors[0]?.message;
  if (message === undefined) return 'the check ended without telling its outcome';
  const line = stripVTControlCharacters(message).split('\n', 1)[0] ?? '';
  return line.replace(/^Error: /, '');
}
