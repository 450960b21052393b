import { spawn } from 'node:child_process';

/** The process groups of a job's steps: what a step leaves in the background goes on until the job ends. */
export class ProcessGroups {
  #leaders = [];

  constructor() {
    // Whoever ends this process ends what its steps have started, too.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.once(signal, () => {
        this.end();
        process.exit(1);
      });
  }

  /**
   * Runs a script as a step of a pipeline does: bash, ending at the first command that fails.
   *
   * @returns its exit status
   */
  run(script, { cwd, env }) {
    const child = spawn('bash', ['-e', '-c', script], { cwd, env, detached: true, stdio: ['ignore', 2, 2] });
    this.#leaders.push(child.pid);
    return new Promise((resolve) => {
      child.on('error', () => resolve(127));
      child.on('exit', (code) => resolve(code ?? 1));
    });
  }

  /** Ends whatever the steps left running. */
  end() {
    for (const leader of this.#leaders.splice(0)) {
      try {
        process.kill(-leader, 'SIGTERM');
      } catch {
        // The group has ended by itself.
      }
    }
  }
}

/** Whether a step runs: always where it says so, else only while nothing has failed. */
export function wanted(condition, failed) {
  if (condition === undefined) return !failed;
  if (/^(\$\{\{\s*)?always\(\)(\s*\}\})?$/.test(String(condition))) return true;
  throw new Error(`the condition "${condition}" is not understood; only always() is`);
}
