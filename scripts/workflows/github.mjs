// Runs a GitHub Actions workflow on this machine, as far as the examples use the language. Scripts run as they
// are; the few actions are done by hand. What it does not know is an error, never skipped.
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { parse } from 'yaml';
import { ProcessGroups, wanted } from './run-script.mjs';

/**
 * @param text the workflow
 * @param options.remote a bare repository that checkout clones from
 * @param options.scratch a folder for workspaces and artifacts
 * @param options.env the runner's environment
 * @param options.secrets by name
 * @returns job ids with their result, the artifacts' folder, and the job summaries
 */
export async function runGithub(text, { remote, scratch, env, secrets = {} }) {
  const { jobs } = parse(text);
  const artifacts = path.join(scratch, 'artifacts');
  await mkdir(artifacts, { recursive: true });
  const results = {};
  let summary = '';
  for (const [id, job] of Object.entries(jobs)) {
    if ((job.permissions ?? parse(text).permissions) === undefined)
      throw new Error(`the job ${id} has no permissions of its own, so it has all that the default gives`);
    if (job['timeout-minutes'] === undefined) throw new Error(`the job ${id} has no timeout-minutes`);
    const failed = [job.needs ?? []].flat().some((needed) => results[needed] !== 'success');
    if (!wanted(job.if, failed)) {
      results[id] = 'skipped';
      continue;
    }
    results[id] = 'success';
    for (const matrix of combinations(job.strategy?.matrix)) {
      const ended = await runJob(job, { matrix, remote, artifacts, scratch, env, secrets });
      summary += ended.summary;
      if (!ended.success) results[id] = 'failure';
    }
  }
  return { results, artifacts, summary };
}

function combinations(matrix = {}) {
  return Object.entries(matrix).reduce(
    (all, [key, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [key]: value }))),
    [{}],
  );
}

async function runJob(job, { matrix, remote, artifacts, scratch, env, secrets }) {
  const home = await mkdtemp(path.join(scratch, 'job-'));
  const workspace = path.join(home, 'workspace');
  await mkdir(workspace);
  const summaryFile = path.join(home, 'summary.md');
  const context = { matrix, secrets, github: { run_number: 7 }, runner: { temp: home } };
  const fill = (value) =>
    String(value).replaceAll(/\$\{\{\s*([\w.]+)\s*\}\}/g, (_, name) => lookUp(context, name));
  const groups = new ProcessGroups();
  let failed = false;
  try {
    for (const step of job.steps) {
      if (!wanted(step.if, failed)) continue;
      const inputs = Object.fromEntries(Object.entries(step.with ?? {}).map(([k, v]) => [k, fill(v)]));
      const stepEnv = Object.fromEntries(Object.entries(step.env ?? {}).map(([k, v]) => [k, fill(v)]));
      const ok =
        step.run === undefined
          ? await act(step.uses, inputs, { workspace, remote, artifacts })
          : (await groups.run(fill(step.run), {
              cwd: path.join(workspace, step['working-directory'] ?? '.'),
              env: { ...env, ...stepEnv, CI: 'true', GITHUB_STEP_SUMMARY: summaryFile, RUNNER_TEMP: home },
            })) === 0;
      if (!ok) {
        console.error(`workflow: failed: ${step.name ?? step.uses ?? step.run}`);
        failed = true;
      }
    }
  } finally {
    groups.end();
  }
  return { success: !failed, summary: existsSync(summaryFile) ? await readFile(summaryFile, 'utf8') : '' };
}

function lookUp(context, name) {
  const value = name.split('.').reduce((at, key) => at?.[key], context);
  if (value === undefined) throw new Error(`the expression ${name} is not understood`);
  return value;
}

/** Does what an action does, as far as a job sees it. */
async function act(uses, inputs, { workspace, remote, artifacts }) {
  const [action, commit] = uses.split('@');
  if (!/^[0-9a-f]{40}$/.test(commit ?? '')) throw new Error(`${uses} is not pinned by its commit`);
  const at = (...parts) => path.join(workspace, ...parts);
  switch (action) {
    case 'actions/checkout': {
      const ref = inputs.ref === undefined ? [] : ['--branch', inputs.ref];
      execFileSync('git', ['clone', '-q', ...ref, remote, at(inputs.path ?? '.')], {
        stdio: ['ignore', 2, 2],
      });
      return true;
    }
    case 'actions/setup-node':
      return true;
    case 'actions/upload-artifact': {
      const whole = at(inputs.path);
      if (!existsSync(whole)) return false;
      await cp(whole, path.join(artifacts, inputs.name), { recursive: true });
      return true;
    }
    case 'actions/download-artifact': {
      const pattern = new RegExp(`^${(inputs.pattern ?? '*').replaceAll('*', '.*')}$`);
      for (const name of await readdir(artifacts))
        if (pattern.test(name))
          await cp(path.join(artifacts, name), at(inputs.path ?? '.', name), { recursive: true });
      return true;
    }
    case 'github/codeql-action/upload-sarif': {
      const sarif = JSON.parse(await readFile(at(inputs.sarif_file), 'utf8'));
      return sarif.version === '2.1.0' && Array.isArray(sarif.runs);
    }
    default:
      throw new Error(`the action ${action} is not understood`);
  }
}
