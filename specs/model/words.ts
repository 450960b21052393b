import { statusLabels } from '../../contract/vocabulary.ts';
import type { Observation, Shown } from './history.ts';
import type { Life } from './life.ts';

/** A pair of codes with its label, e.g. "(2,20) In Progress". */
export function describeCodes({ state, status }: Pick<Shown, 'state' | 'status'>): string {
  const label = (statusLabels as Readonly<Record<number, string>>)[status];
  return `(${state},${status})${label === undefined ? '' : ` ${label}`}`;
}

/** An observation in words, as the beginning of a sentence. */
export function describeObservation({ sight }: Observation): string {
  switch (sight.kind) {
    case 'accepted':
      return 'the operation was accepted';
    case 'read':
      return `the ${sight.resource} showed ${describeShown(sight.shown)}`;
    case 'missing':
      return `the ${sight.resource} answered 404`;
    case 'cancel-accepted':
      return `${wayOf(sight.way)} was accepted`;
    case 'cancel-refused':
      return `${wayOf(sight.way)} was refused`;
    case 'attempt-begins':
      return 'an attempt started';
    case 'attempt-ends':
      return `an attempt ended: it ${sight.outcome.replace('failed-with-code', 'failed with a platform code').replace('-', ' ')}`;
    case 'callback':
      return `a callback came with ${describeShown(sight.shown)}`;
    case 'event':
      return `an event came with ${describeShown(sight.shown)}`;
  }
}

function wayOf(way: 'delete' | 'patch'): string {
  return way === 'delete' ? 'the cancellation by DELETE' : 'the cancellation by PATCH';
}

function describeShown(shown: Shown): string {
  const more = [
    ...(shown.error === true ? ['an error'] : []),
    ...(shown.outputs === true ? ['outputs'] : []),
    ...(shown.retryCount === undefined ? [] : [`retrycount ${shown.retryCount}`]),
  ];
  return more.length === 0 ? describeCodes(shown) : `${describeCodes(shown)} with ${more.join(' and ')}`;
}

function attemptsOf({ attempts }: Life): string {
  if (attempts === 0) return 'no attempt';
  return attempts === 1 ? '1 attempt' : `${attempts} attempts`;
}

/** A possible life in words, e.g. "running attempt 2 (canceled)". */
export function describeLife(life: Life): string {
  const canceled = life.canceled ? ' (canceled)' : '';
  switch (life.phase) {
    case 'waiting':
      return `waiting for its first attempt${canceled}`;
    case 'starting':
      return `starting attempt ${life.attempts + 1}${canceled}`;
    case 'running':
      return `running attempt ${life.attempts}${canceled}`;
    case 'ending':
      return `about to end attempt ${life.attempts}${canceled}`;
    case 'between':
      return `waiting for retry ${life.attempts}${canceled}`;
    case 'ended':
      return `ended as ${describeCodes({ state: 3, status: life.final ?? 0 })} after ${attemptsOf(life)}`;
    case 'gone':
      return 'expired';
  }
}
