import { describe, expect, it } from 'vitest';
import { UsageError } from '../terminal.ts';
import { checkContradiction, checkRequired } from './required.ts';
import { selectClauses } from './selection.ts';

function contradiction(only: readonly string[], require: readonly string[], lastFailed = false): string {
  try {
    checkContradiction(selectClauses(only), { only, require, lastFailed });
    return '';
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

describe('--require', () => {
  it('takes sections and profiles, and suggests what was meant', () => {
    const check = (name: string) => (): void => {
      checkRequired([name]);
    };
    for (const name of [
      'cancel',
      'profile:core',
      'profile:core + table',
      'profile:core+table',
      'profile:Full',
    ])
      expect(check(name), name).not.toThrow();
    expect(check('cancle')).toThrow('--require cancle: no section is called that. Did you mean "cancel"?');
    expect(check('profile:cora')).toThrow('Did you mean "profile:core"');
    expect(check('core')).toThrow('Did you mean "profile:core"');
    expect(check('zzzzzzzzzz')).toThrow('There are: submit, ');
  });

  it('is refused beside --only that leaves out what it wants, with both named', () => {
    expect(contradiction(['cancel'], ['event'])).toMatch(
      /^--only cancel leaves out 12 clauses that --require event wants: event\.[\w-]+, .* and 9 more\. Leave out/,
    );
    expect(contradiction(['cancel.race'], ['cancel'])).toContain('--only cancel.race leaves out');
    expect(contradiction(['cancel'], ['profile:core'])).toContain('--require profile:core wants: submit.');
    expect(contradiction(['cancel'], ['event'], true)).toContain('--only cancel --last-failed leaves out');
  });

  it('goes with --only that selects all of it', () => {
    expect(contradiction(['cancel', 'event'], ['cancel'])).toBe('');
    expect(contradiction(['cancel'], [])).toBe('');
    checkContradiction(undefined, { only: [], require: ['event'] });
  });
});
