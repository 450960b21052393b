import { describe, expect, it } from 'vitest';
import type { Column, ColumnType } from '../../core/table.ts';
import { annotationNames, formatted, wants } from './annotations.ts';

describe('wants', () => {
  it.each([
    [undefined, false],
    ['*', true],
    ['OData.*', true],
    ['Microsoft.*', false],
    ['OData.Community.Display.V1.FormattedValue', true],
    ['Microsoft.Dynamics.CRM.lookuplogicalname, OData.Community.Display.V1.FormattedValue', true],
    ['*,-OData.*', false],
    ['-*,OData.Community.*', true],
    ['', false],
  ])('reads the patterns %s', (patterns, expected) => {
    expect(wants(patterns, annotationNames.formattedValue)).toBe(expected);
  });
});

describe('formatted', () => {
  const cell = (type: ColumnType, value: string | number | null): string | undefined => {
    const column: Column<null> = { name: 'x', type, read: () => value, labels: { 20: 'In Progress' } };
    return formatted(column, null);
  };

  it('gives labels, grouped digits and dates as people read them', () => {
    expect(cell('picklist', 20)).toBe('In Progress');
    expect(cell('picklist', 7)).toBeUndefined();
    expect(cell('integer', -2147187707)).toBe('-2,147,187,707');
    expect(cell('bigint', '638751549947120004')).toBe('638,751,549,947,120,004');
    expect(cell('datetime', Date.UTC(2026, 0, 2, 0, 5))).toBe('1/2/2026 12:05 AM');
    expect(cell('datetime', Date.UTC(2026, 10, 22, 15, 30))).toBe('11/22/2026 3:30 PM');
    expect(cell('boolean', 1)).toBe('Yes');
    expect(cell('date', '2026-03-04')).toBe('3/4/2026');
  });

  it('gives none for text and for what is not set', () => {
    expect(cell('string', 'a')).toBeUndefined();
    expect(cell('integer', null)).toBeUndefined();
  });
});
