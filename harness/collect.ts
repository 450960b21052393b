import type { Need } from '../contract/clause.ts';
import type { ClauseId } from '../contract/clauses.ts';
import type { Check } from './check.ts';

/** What a test says about itself, in Playwright's form: tags to select it, annotations to judge it. */
export interface CheckDetails {
  readonly tag: string[];
  readonly annotation: { type: string; description: string }[];
}

/** What a test body is given: the parts of a check that it names. */
export type CheckTools = Pick<
  Check,
  | 'submit'
  | 'call'
  | 'operationOf'
  | 'client'
  | 'sdk'
  | 'as'
  | 'clock'
  | 'target'
  | 'events'
  | 'observe'
  | 'lives'
  | 'properties'
  | 'transcript'
  | 'tools'
>;

/** The body of a test. */
export type CheckBody = (tools: CheckTools) => Promise<void>;

/** A test as it was declared. */
export interface DeclaredCheck {
  readonly title: string;
  readonly details: CheckDetails;
  readonly body: CheckBody;
}

/** Where tests are collected instead of being handed to Playwright; set by the runner of the self-test. */
interface Collecting {
  bgopChecks?: DeclaredCheck[];
}

const shared = globalThis as Collecting;

/** The list that collects tests in this process; undefined where Playwright runs them. */
export function collection(): DeclaredCheck[] | undefined {
  return shared.bgopChecks;
}

/** Makes this process collect tests; call it before the spec files are imported. */
export function startCollecting(): DeclaredCheck[] {
  shared.bgopChecks ??= [];
  return shared.bgopChecks;
}

/**
 * Names the clause that a test decides.
 *
 * @param options.branch which branch of the clause it is, e.g. "after failure"
 * @param options.needs what this branch needs, where that differs from the catalogue
 */
export function clause(
  id: ClauseId,
  options: { branch?: string; needs?: readonly Need[] } = {},
): CheckDetails {
  return {
    tag: [`@${id}`],
    annotation: [
      { type: 'clause', description: id },
      ...(options.branch === undefined ? [] : [{ type: 'branch', description: options.branch }]),
      ...(options.needs === undefined ? [] : [{ type: 'needs', description: options.needs.join(' ') }]),
    ],
  };
}

/** The values of one kind of annotation. */
export function annotated(
  annotation: readonly { type: string; description?: string }[],
  type: string,
): string[] {
  return annotation.flatMap((one) =>
    one.type === type && one.description !== undefined ? [one.description] : [],
  );
}

/** What the annotations say that a test needs; undefined where the catalogue says it. */
export function needsOf(annotation: readonly { type: string; description?: string }[]): Need[] | undefined {
  const [stated] = annotated(annotation, 'needs');
  return stated?.split(' ').filter((need) => need !== '') as Need[] | undefined;
}
