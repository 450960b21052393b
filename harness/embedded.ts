import type { Config } from './config.ts';
import type { Reached } from './target.ts';

export function embed(_t: Config['target']): Promise<Reached> {
  throw new Error('soon');
}
