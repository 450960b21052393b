import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Deadlines } from './deadlines.ts';

const moment = fc.oneof(fc.nat(50), fc.constant(Infinity));

describe('Deadlines', () => {
  it('gives exactly the slots whose latest moment has come, however often it was moved', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.record({ slot: fc.nat(9), moment }), fc.record({ now: fc.nat(60) })), {
          maxLength: 60,
        }),
        (steps) => {
          const deadlines = new Deadlines();
          const plain: number[] = [];
          for (let slot = 0; slot < 10; slot++) {
            deadlines.set(slot, Infinity);
            plain.push(Infinity);
          }
          for (const step of steps) {
            if ('slot' in step) {
              deadlines.set(step.slot, step.moment);
              plain[step.slot] = step.moment;
              expect(deadlines.at(step.slot)).toBe(step.moment);
              continue;
            }
            const taken: number[] = [];
            for (let slot = deadlines.take(step.now); slot !== undefined; slot = deadlines.take(step.now)) {
              taken.push(slot);
            }
            const due = [...plain.keys()].filter((slot) => (plain[slot] ?? 0) <= step.now);
            expect(taken.sort((a, b) => a - b)).toEqual(due);
            for (const slot of due) plain[slot] = Infinity;
          }
        },
      ),
    );
  });
});
