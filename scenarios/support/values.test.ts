import { afterEach, expect, it } from 'vitest';
import { sameValue } from './values.ts';

const zone = process.env['TZ'];

afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

it.each(['UTC', 'Asia/Tokyo', 'America/Caracas'])(
  'reads a date without a zone in the same way in %s',
  (name) => {
    process.env['TZ'] = name;
    const sent = '2026-07-15T12:00:00.001Z';
    expect(sameValue('When', sent, '2026-07-15T12:00:00.001')).toBe(true);
    expect(sameValue('When', sent, '2026-07-15T14:00:00.001+02:00')).toBe(true);
    expect(sameValue('When', sent, '2026-07-15T13:00:00.001')).toBe(false);
  },
);
