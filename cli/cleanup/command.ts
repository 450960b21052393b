import { quoted } from '../verify/options.ts';

/** What leads to a target, as it was typed. */
export interface Way {
  readonly config?: string | undefined;
  readonly target?: string | undefined;
}

/** The `bgop cleanup` that leads to the same target. */
export function cleanupCommand({ config, target }: Way): string {
  const given = Object.entries({ config, target }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${quoted(value)}`],
  );
  return ['bgop cleanup', ...given].join(' ');
}
