import { hiddenFailure } from './gate.ts';
import type { CheckResult, ClauseResult, Result } from '../record/result.ts';

/** The result as JUnit XML: sections are suites, checks are cases; a clause without a check is one skipped case. */
export function junit(result: Result): string {
  const sections = Map.groupBy(result.clauses, ({ section }) => section);
  const suites = [
    ...gateSuite(result),
    ...[...sections].map(([section, clauses]) => suite(section, clauses, result)),
  ];
  const all = suites.map(({ counts }) => counts);
  const attributes = attributesOf({
    name: `${result.suite.name} against ${result.target.name}`,
    ...totals(all),
    time: seconds(result.run.durationMs),
    timestamp: result.run.startedAt,
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes}>`,
    ...suites.map(({ text }) => text),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

function suite(
  section: string,
  clauses: readonly ClauseResult[],
  result: Result,
): { text: string; counts: Counts } {
  const cases = clauses.flatMap((clause) =>
    clause.checks.length === 0
      ? [testCase(clause, undefined)]
      : clause.checks.map((check) => testCase(clause, check)),
  );
  const count = (kind: Case['kind']): number => cases.filter((one) => one.kind === kind).length;
  const counts = {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
  const time = clauses.flatMap(({ checks }) => checks).reduce((sum, { durationMs }) => sum + durationMs, 0);
  const attributes = attributesOf({
    name: section,
    ...counts,
    time: seconds(time),
    timestamp: result.run.startedAt,
  });
  const text = [
    `  <testsuite${attributes}>`,
    `    <properties>${property('target', result.target.name)}${property('seed', String(result.run.seed))}</properties>`,
    ...cases.map((one) => one.text),
    '  </testsuite>',
  ].join('\n');
  return { text, counts };
}

/** A case for what makes the run fail although no clause in the file shows it. */
function gateSuite(result: Result): { text: string; counts: Counts }[] {
  const { run } = result;
  const gate = hiddenFailure(result);
  if (gate === undefined) return [];
  const kind = gate.status === 3 ? 'error' : 'failure';
  const reasons = gate.why.join('\n');
  const counts = {
    tests: 1,
    failures: kind === 'failure' ? 1 : 0,
    errors: kind === 'error' ? 1 : 0,
    skipped: 0,
  };
  const named = attributesOf({ classname: 'gate', name: `exit status ${gate.status}`, time: seconds(0) });
  const message = attributesOf({ message: gate.why[0] ?? '', type: 'gate' });
  const text = [
    `  <testsuite${attributesOf({ name: 'gate', ...counts, time: seconds(0), timestamp: run.startedAt })}>`,
    `    <testcase${named}><${kind}${message}>${escape(reasons)}</${kind}></testcase>`,
    '  </testsuite>',
  ].join('\n');
  return [{ text, counts }];
}

interface Case {
  readonly kind: 'passed' | 'failure' | 'error' | 'skipped';
  readonly text: string;
}

function testCase(clause: ClauseResult, check: CheckResult | undefined): Case {
  const attributes = attributesOf({
    classname: clause.id,
    name: check === undefined ? clause.duty : caseName(check),
    ...(check === undefined ? {} : { file: check.file }),
    time: seconds(check?.durationMs ?? 0),
  });
  const kind = kindOf(clause, check);
  if (kind === 'passed') return { kind, text: `    <testcase${attributes}/>` };
  const reason = check?.reason ?? clause.reason ?? 'no reason given';
  const message = attributesOf({
    message: reason,
    ...(kind === 'skipped' ? {} : { type: clause.level }),
  });
  const body =
    kind === 'skipped'
      ? ''
      : escape(
          `${clause.id} (${clause.level}, ${clause.basis})\n${clause.duty}\n${reason}\n${clause.source}`,
        );
  return { kind, text: `    <testcase${attributes}><${kind}${message}>${body}</${kind}></testcase>` };
}

function caseName({ title, branch }: CheckResult): string {
  return branch === undefined || title.includes(branch) ? title : `${title} (${branch})`;
}

/** Only a broken MUST that nobody has listed is a failure; the rest must not turn a build red. */
function kindOf(clause: ClauseResult, check: CheckResult | undefined): Case['kind'] {
  switch (check?.outcome) {
    case 'passed':
      return 'passed';
    case 'failed':
      return clause.verdict === 'failed' ? 'failure' : 'skipped';
    case 'error':
    case 'unanswered':
      return 'error';
    default:
      return 'skipped';
  }
}

function totals(all: readonly Counts[]): Counts {
  const sum = (key: keyof Counts): number => all.reduce((total, counts) => total + counts[key], 0);
  return { tests: sum('tests'), failures: sum('failures'), errors: sum('errors'), skipped: sum('skipped') };
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function property(name: string, value: string): string {
  return `<property${attributesOf({ name, value })}/>`;
}

function attributesOf(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([key, value]) => ` ${key}="${escape(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
}

// XML 1.0 has no way to write these characters, not even escaped.
const unwritable = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

function escape(text: string): string {
  return text
    .replaceAll(unwritable, '\u{FFFD}')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
