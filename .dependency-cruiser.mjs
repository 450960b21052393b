// The rules of imports: which folder may import from which, no circle, no orphan. Type-only imports count
// too: a reader follows them like any other.

/** Which folders a folder may import from, besides itself. Everything else is refused. */
const allowed = {
  contract: [],
  record: ['contract'],
  simulator: ['contract', 'record'],
  harness: ['contract', 'record'],
  reports: ['contract', 'record', 'harness'],
  scenarios: ['contract', 'record', 'harness'],
  specs: ['contract', 'record', 'harness', 'scenarios'],
  traffic: ['contract', 'record', 'harness', 'specs'],
  selftest: ['contract', 'record', 'simulator', 'harness', 'reports', 'traffic'],
  cli: ['contract', 'record', 'simulator', 'harness', 'reports', 'scenarios', 'specs', 'traffic', 'selftest'],
  containers: ['contract', 'record', 'simulator', 'harness', 'cli'],
};
const folders = Object.keys(allowed);

/** Only these files of the harness know the simulator: they start it. */
const startsSimulator = '^harness/embedded(-transport)?\\.ts$';

/** What the package contains, and what stands beside it in the same folders but stays in the repository. */
const packaged = `^(${folders.join('|')})/`;
const onlyInRepository =
  '\\.test\\.ts$|\\.fixture\\.ts$|/fixtures/|/test-(kit|payloads)\\.ts$|^selftest/(mutation|clients)/';

const directions = folders.map((folder) => ({
  name: `direction-${folder}`,
  severity: 'error',
  comment: `${folder}/ may import only from ${[folder, ...allowed[folder]].join(', ')}.`,
  from: { path: `^${folder}/`, ...(folder === 'harness' && { pathNot: startsSimulator }) },
  to: { path: `^(${folders.join('|')})/`, pathNot: `^(${[folder, ...allowed[folder]].join('|')})/` },
}));

export default {
  forbidden: [
    ...directions,
    {
      name: 'direction-harness-start',
      severity: 'error',
      comment: 'The files that start the simulator may import from contract, record, harness and simulator.',
      from: { path: startsSimulator },
      to: { path: `^(${folders.join('|')})/`, pathNot: '^(contract|record|harness|simulator)/' },
    },
    {
      name: 'no-oracle-in-simulator',
      severity: 'error',
      comment: 'The simulator shares vocabulary with the suite, never its oracle.',
      from: { path: '^simulator/' },
      to: { path: '^(contract/lifecycle\\.ts|specs/model/)' },
    },
    {
      name: 'oracle-only-for-traffic',
      severity: 'error',
      comment: 'Traffic is judged by what was recorded: of the specs it may use the oracle alone.',
      from: { path: '^traffic/' },
      to: { path: '^specs/(?!model/(explain|history|judge|life|timeline|words)\\.ts$)' },
    },
    {
      name: 'no-tools-in-package',
      severity: 'error',
      comment: 'What is published must run without the scripts, benchmarks and examples of the repository.',
      from: { path: packaged, pathNot: onlyInRepository },
      to: { path: '^(scripts|bench|examples)/' },
    },
    {
      name: 'no-test-in-package',
      severity: 'error',
      comment: 'Move what both need into a file that is not a test.',
      from: { path: packaged, pathNot: onlyInRepository },
      to: { path: onlyInRepository },
    },
    {
      name: 'no-development-dependency-in-package',
      severity: 'error',
      comment: 'Whoever installs the package does not have this: make it a dependency.',
      from: { path: packaged, pathNot: onlyInRepository },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'npm-peer', 'type-only'] },
    },
    {
      name: 'no-circle',
      severity: 'error',
      comment: 'Move what both need into a file of its own.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphan',
      severity: 'error',
      comment: 'Nothing imports this file, and it imports nothing: delete it.',
      from: { orphan: true, pathNot: ['\\.mjs$', '^[^/]+$'] },
      to: {},
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'The file or package does not exist.',
      // The clients are installed in folders of their own when their calls are made.
      from: { pathNot: '^scripts/clients/[^/]+/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|conformance-report|test-results|mutation-report|[.]stryker-tmp)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    skipAnalysisNotInRules: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
    cache: { folder: 'node_modules/.cache/dependency-cruiser', strategy: 'content' },
  },
};
