import { describe, expect, it } from 'vitest';
import { clauses } from '../../contract/clauses.ts';
import { UsageError } from '../terminal.ts';
import { grepFor, selectClauses } from './selection.ts';

describe('the selection of clauses', () => {
  it('takes a section, an id, a beginning and lists of them', () => {
    const cancel = clauses.filter(({ section }) => section === 'cancel').map(({ id }) => id);
    expect(selectClauses(['cancel'])).toEqual(cancel);
    expect(selectClauses(['cancel.*'])).toEqual(cancel);
    expect(selectClauses(['submit.location'])).toEqual(['submit.location']);
    expect(selectClauses(['submit.location*'])).toEqual(['submit.location', 'submit.location-absolute']);
    expect(selectClauses(['submit.loc'])).toEqual(['submit.location', 'submit.location-absolute']);
    expect(selectClauses(['@monitor.ok, submit.location'])).toEqual(['submit.location', 'monitor.ok']);
  });

  it('refuses what selects nothing, with suggestions', () => {
    expect(() => selectClauses(['cancel', 'submit.locaton'])).toThrow(UsageError);
    expect(() => selectClauses(['submit.locaton'])).toThrow('Did you mean "submit.location"');
    expect(() => selectClauses(['zzzzzzzz'])).toThrow('bgop clauses');
  });

  it('makes a pattern that matches the tags of these clauses and of no others', () => {
    const pattern = new RegExp(grepFor(['submit.location', 'monitor.ok']));
    expect(pattern.test('scenarios file.spec.ts title @submit.location')).toBe(true);
    expect(pattern.test('title @a.b @monitor.ok @c.d')).toBe(true);
    expect(pattern.test('title @submit.location-absolute')).toBe(false);
    expect(pattern.test('title @submitxlocation')).toBe(false);
  });
});
