import { statusLabels } from '../contract/vocabulary.ts';
import type { Happening } from './happening.ts';

/** What happened, in words. */
export function describeHappening(one: Happening): string {
  const status = one.exchange.answer?.status ?? 'no answer';
  const shown = 'shown' in one && one.shown !== undefined ? ` ${codes(one.shown)}` : '';
  switch (one.kind) {
    case 'submission':
      return `submitted ${one.message ?? ''}: ${status}${one.callbackUrl === undefined ? '' : ', with a callback'}`;
    case 'read':
      return `${one.resource} read: ${status}${shown}`;
    case 'cancellation':
      return `canceled by ${one.way.replace('-', ' of the ')}: ${status}`;
    case 'callback':
    case 'event':
      return `${one.kind}${shown}: answered ${status}`;
    default:
      return `${one.exchange.method} ${one.exchange.url}: ${status}`;
  }
}

function codes({ state, status }: { state: number; status: number }): string {
  const label = (statusLabels as Readonly<Record<number, string>>)[status];
  return `(${state},${status})${label === undefined ? '' : ` ${label}`}`;
}
