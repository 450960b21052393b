// Runs an Azure pipeline on this machine, as far as the example uses the language. What it does not know is an
// error, never skipped.
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { ProcessGroups, wanted } from './run-script.mjs';

/**
 * @param text the pipeline
 * @param options.sources a checkout, in which it runs
 * @param options.scratch a folder for what it stages and publishes
 * @param options.env the agent's environment
 * @param options.variables the pipeline's own, by name
 * @returns whether it succeeded, and the folder of what it published
 */
export async function runAzure(text, { sources, scratch, env, variables = {} }) {
  const { steps } = parse(text);
  const staging = path.join(scratch, 'staging');
  const published = path.join(scratch, 'published');
  await mkdir(staging, { recursive: true });
  const known = {
    'Build.ArtifactStagingDirectory': staging,
    'System.DefaultWorkingDirectory': sources,
    ...variables,
  };
  const fill = (value) =>
    String(value).replaceAll(/\$\(([A-Za-z_.]+)\)/g, (whole, name) => known[name] ?? whole);
  const groups = new ProcessGroups();
  let failed = false;
  try {
    for (const step of steps) {
      if (!wanted(step.condition, failed)) continue;
      const stepEnv = Object.fromEntries(Object.entries(step.env ?? {}).map(([k, v]) => [k, fill(v)]));
      const ok = await done(step, fill, {
        published,
        run: (script) => groups.run(script, { cwd: sources, env: { ...env, ...stepEnv } }),
      });
      if (!ok) {
        console.error(`pipeline: failed: ${step.displayName ?? step.task ?? step.publish}`);
        failed = true;
      }
    }
  } finally {
    groups.end();
  }
  return { success: !failed, published };
}

async function done(step, fill, { published, run }) {
  if (step.script !== undefined) return (await run(fill(step.script))) === 0;
  if (step.task === 'NodeTool@0') return true;
  if (step.task === 'PublishTestResults@2') {
    const file = fill(step.inputs.testResultsFiles);
    return existsSync(file) && (await readFile(file, 'utf8')).includes('<testsuite');
  }
  if (step.publish !== undefined) {
    await cp(fill(step.publish), path.join(published, step.artifact), { recursive: true });
    return true;
  }
  throw new Error(`the step ${JSON.stringify(step)} is not understood`);
}
