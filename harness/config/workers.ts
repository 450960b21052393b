import { availableParallelism } from 'node:os';
import type { Config } from '../config.ts';
import { isLoopbackUrl } from './loopback.ts';

/** Workers for a target: the clock and a public listener are one for all, so they allow one worker only. */
export function workersFor({ target, listener }: Pick<Config, 'target' | 'listener'>): number {
  if (target.kind === 'simulator') return Math.min(availableParallelism(), 4);
  if (target.clock.kind === 'virtual' || listener.publicUrl !== null) return 1;
  // In real time checks mostly wait, so that more of them at once disturb nobody but a tenant.
  return target.kind === 'url' && !isLoopbackUrl(target.url) ? 2 : 8;
}
