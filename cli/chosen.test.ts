import { describe, expect, it } from 'vitest';
import { chosen } from './chosen.ts';
import { UsageError } from './terminal.ts';

describe('--choose', () => {
  it('sets choices by name, as JSON or as plain text', () => {
    expect(
      chosen(['keyValueTypes=strings', 'retryAfter=60', 'acceptedBody=true', 'emptyOutputs=[]']),
    ).toEqual({
      keyValueTypes: 'strings',
      retryAfter: 60,
      acceptedBody: true,
      emptyOutputs: '[]',
    });
  });

  it('reads null as null, and as absent where a choice can be', () => {
    expect(chosen(['emptyInputs=null', 'retryAfter=null'])).toEqual({
      emptyInputs: null,
      retryAfter: undefined,
    });
  });

  it.each(['keyValueTypes', 'unknown=1', 'keyValueTypes=numbers', 'acceptedBody=1', 'rowLagMs="x"'])(
    'refuses %s',
    (setting) => {
      expect(() => chosen([setting])).toThrow(UsageError);
    },
  );

  it('names what is expected', () => {
    expect(() => chosen(['keyValueTypes=numbers'])).toThrow('one of "json", "strings"');
    expect(() => chosen(['keyvaluetypes=json'])).toThrow('keyValueTypes');
  });
});
