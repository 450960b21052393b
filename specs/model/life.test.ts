import { describe, expect, it } from 'vitest';
import { canFollow, transitions, type PairName } from '../../contract/lifecycle.ts';
import { pairs } from '../../contract/vocabulary.ts';
import {
  accepted,
  driftsTo,
  lifeKey,
  onAttempt,
  onAttemptEnd,
  onCancelAccepted,
  shows,
  type AttemptOutcome,
  type Life,
} from './life.ts';

const around = { now: 0, flowing: true, expiresAt: Number.POSITIVE_INFINITY };
const outcomes: readonly AttemptOutcome[] = ['succeeded', 'failed', 'failed-with-code', 'timed-out'];
const names = Object.keys(pairs) as PairName[];

function next(life: Life): Life[] {
  const more = [onAttempt(life, 0), onCancelAccepted(life)].filter((one) => one !== undefined);
  return [
    ...driftsTo(life, around),
    ...more,
    ...outcomes.flatMap((outcome) => onAttemptEnd(life, outcome, 0)),
  ];
}

function steps(): [Life, Life][] {
  const seen = new Set([lifeKey(accepted)]);
  const open = [accepted];
  const found: [Life, Life][] = [];
  for (let life = open.pop(); life !== undefined; life = open.pop()) {
    for (const after of next(life)) {
      found.push([life, after]);
      if (seen.has(lifeKey(after))) continue;
      seen.add(lifeKey(after));
      open.push(after);
    }
  }
  return found;
}

function shown(life: Life): PairName[] {
  return names.filter((name) => shows(life, pairs[name].state, pairs[name].status));
}

describe('the lives of the model', () => {
  const all = steps();

  it('take no step that the lifecycle of the contract does not have', () => {
    for (const [life, after] of all)
      for (const to of shown(after)) {
        const from = shown(life);
        expect(
          from.some((one) => one === to || canFollow(one, to)),
          `${lifeKey(life)} → ${lifeKey(after)}`,
        ).toBe(true);
      }
  });

  it('leave no transition of the lifecycle out', () => {
    for (const { from, to, event } of transitions)
      expect(
        all.some(([life, after]) => shown(life).includes(from) && shown(after).includes(to)),
        `${event}: ${from} → ${to}`,
      ).toBe(true);
  });
});
