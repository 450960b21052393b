import { describe, expect, it } from 'vitest';
import { Changes, UndoLog } from './undo-log.ts';

describe('an undo log', () => {
  it('takes back what was added, replaced and deleted in several maps', () => {
    const log = new UndoLog();
    const [letters, numbers] = [log.map([['a', 1]]), log.map<string, number>()];
    const changes = new Changes();
    log.record(changes, () => {
      letters.set('a', 2).set('a', 3).set('b', 4);
      numbers.set('x', 1);
    });
    log.record(changes, () => letters.delete('a'));
    expect([[...letters], [...numbers]]).toEqual([[['b', 4]], [['x', 1]]]);
    changes.undo();
    expect([[...letters], [...numbers]]).toEqual([[['a', 1]], []]);
  });

  it('leaves alone what others change before and after, and is empty once it was taken back', () => {
    const log = new UndoLog();
    const map = log.map<string, number>();
    const changes = new Changes();
    map.set('before', 1);
    expect(log.record(changes, () => map.set('mine', 2).size)).toBe(2);
    map.set('after', 3);
    changes.undo();
    map.set('mine', 4);
    changes.undo();
    expect([...map]).toEqual([
      ['before', 1],
      ['after', 3],
      ['mine', 4],
    ]);
  });

  it('stops recording where the work fails', () => {
    const log = new UndoLog();
    const map = log.map<string, number>();
    const changes = new Changes();
    expect(() =>
      log.record(changes, () => {
        map.set('a', 1);
        throw new Error('no');
      }),
    ).toThrow('no');
    map.set('b', 2);
    changes.undo();
    expect([...map.keys()]).toEqual(['b']);
  });
});
