import { describe, expect, it } from 'vitest';
import { commandOf, type VerifyOptions } from './options.ts';

const plain: VerifyOptions = { report: 'out', only: [], require: [], format: [], deviate: [] };

describe('the command that repeats a run', () => {
  it('has what decides on the run, and the seed', () => {
    const options = { ...plain, only: ['cancel'], slow: true, config: 'my dir/a.json' };
    expect(commandOf(options, 7)).toBe("bgop verify --config 'my dir/a.json' --only cancel --seed 7 --slow");
  });

  it('is as strict as the run was', () => {
    expect(commandOf({ ...plain, strict: true, require: ['cancel', 'retry'] }, 7)).toBe(
      'bgop verify --seed 7 --require cancel --require retry --strict',
    );
  });

  it('of a replay needs no seed', () => {
    expect(commandOf({ ...plain, replay: 'bgop1.x', target: 'simulator' }, 7)).toBe(
      'bgop replay bgop1.x --target simulator',
    );
  });
});
