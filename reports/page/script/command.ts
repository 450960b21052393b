import type { PageData } from './data.ts';

/**
 * A command as it can be typed anywhere: by the name of the package. `npx bgop` would fetch a stranger's package
 * where ours is not installed, since that name is free on the registry; results of old versions say it.
 */
export function typed(command: string): string {
  return command.replace(/^(?:npx )?bgop /, 'npx background-operations-conformance ');
}

/** The command of the run, narrowed to one clause, with the same seed; what it requires of whole sections goes. */
export function commandFor(id: string, command: string, seed: number): string {
  const rest = typed(command).replaceAll(/ --(?:only|report|require|shard)[ =]\S+/g, '');
  const seeded = rest.includes('--seed') || seed === 0 ? rest : `${rest} --seed ${seed}`;
  return `${seeded} --only ${id}`;
}

/** The command of the run; where the result does not say it, the plainest that reaches the same target. */
export function commandOfRun({ run, target }: Pick<PageData, 'run' | 'target'>): string {
  return run.command ?? `bgop verify${target.kind === 'url' ? ` --target ${target.url}` : ''}`;
}

/** The command that repeats one counterexample on the target of the run: what names the target is taken over. */
export function replayCommand(token: string, command: string): string {
  const options = command.match(/ --(?:config|target|deviate)[ =](?:'[^']*'|\S+)/g) ?? [];
  return typed(`bgop replay ${token}${options.join('')}`);
}
