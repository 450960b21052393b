import type { CheckResult, ClauseResult, Result } from '../../record/result.ts';

const levels = { MUST: 'error', SHOULD: 'warning', MAY: 'note' } as const;

/**
 * What is broken as SARIF 2.1.0: the rules are the clauses, with their source; each failed check is a
 * result that points at the check in the suite. A known deviation is a suppressed result.
 */
export function sarif(result: Result): string {
  const broken = result.clauses.filter(
    ({ verdict }) => verdict === 'failed' || verdict === 'warned' || verdict === 'known-deviation',
  );
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: result.suite.name,
            semanticVersion: result.suite.version,
            rules: broken.map(rule),
          },
        },
        automationDetails: { id: `${result.target.name}/${result.run.startedAt}` },
        invocations: [
          {
            executionSuccessful: result.run.incomplete === undefined,
            startTimeUtc: result.run.startedAt,
            ...(result.run.command === undefined ? {} : { commandLine: result.run.command }),
          },
        ],
        results: broken.flatMap((clause, index) => results(clause, index)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rule({ id, duty, level, basis, source, why }: ClauseResult): unknown {
  return {
    id,
    name: id,
    shortDescription: { text: duty },
    fullDescription: { text: `${level}, ${basis}: ${duty}` },
    helpUri: source,
    ...(why === undefined ? {} : { help: { text: why } }),
    defaultConfiguration: { level: levels[level] },
    properties: { basis, tags: [level, basis] },
  };
}

function results(clause: ClauseResult, ruleIndex: number): unknown[] {
  const failed = clause.checks.filter(({ outcome }) => outcome === 'failed');
  return failed.map((check) => ({
    ruleId: clause.id,
    ruleIndex,
    level: levels[clause.level],
    message: { text: `${clause.id}: ${check.reason ?? clause.reason ?? clause.duty}` },
    locations: [
      {
        physicalLocation: place(check),
        logicalLocations: [{ fullyQualifiedName: clause.id, kind: 'member' }],
      },
    ],
    partialFingerprints: { 'clauseAndCheck/v1': `${clause.id}/${check.branch ?? check.title}` },
    ...(clause.verdict === 'known-deviation'
      ? { suppressions: [{ kind: 'external', justification: clause.knownDeviation ?? 'known deviation' }] }
      : {}),
  }));
}

function place({ file, line }: CheckResult): unknown {
  return {
    artifactLocation: { uri: encodeURI(file), uriBaseId: 'SUITE' },
    ...(line === undefined || line < 1 ? {} : { region: { startLine: line } }),
  };
}
