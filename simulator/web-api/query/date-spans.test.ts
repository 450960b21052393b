import { describe, expect, it } from 'vitest';
import { jsonObject } from '../../plain.ts';
import { createKit } from '../../test-kit.ts';
import { isDateCondition, spanOf, spanOfDay, unitsIn } from './date-spans.ts';

// A Wednesday.
const now = Date.parse('2024-02-28T15:30:00Z');
const span = (from: string | undefined, before: string | undefined) => ({
  ...(from === undefined ? {} : { from: Date.parse(from) }),
  ...(before === undefined ? {} : { before: Date.parse(before) }),
});
const justAfter = '2024-02-28T15:30:00.001Z';

describe('conditions on dates', () => {
  it.each([
    ['Yesterday', 1, '2024-02-27', '2024-02-28'],
    ['Today', 1, '2024-02-28', '2024-02-29'],
    ['Tomorrow', 1, '2024-02-29', '2024-03-01'],
    ['Last7Days', 1, '2024-02-21', justAfter],
    ['Next7Days', 1, '2024-02-28T15:30:00Z', '2024-03-07'],
    ['LastWeek', 1, '2024-02-18', '2024-02-25'],
    ['ThisWeek', 1, '2024-02-25', '2024-03-03'],
    ['NextWeek', 1, '2024-03-03', '2024-03-10'],
    ['LastMonth', 1, '2024-01-01', '2024-02-01'],
    ['NextMonth', 1, '2024-03-01', '2024-04-01'],
    ['ThisYear', 1, '2024-01-01', '2025-01-01'],
    ['LastXHours', 16, '2024-02-27T23:30:00Z', justAfter],
    ['LastXDays', 2, '2024-02-26', justAfter],
    ['LastXWeeks', 1, '2024-02-21', justAfter],
    ['LastXMonths', 12, '2023-02-28', justAfter],
    ['LastXYears', 4, '2020-02-28', justAfter],
    ['NextXHours', 1, '2024-02-28T15:30:00Z', '2024-02-28T16:30:00.001Z'],
    ['NextXDays', 1, '2024-02-28T15:30:00Z', '2024-03-01'],
    ['OlderThanXMinutes', 30, undefined, '2024-02-28T15:00:00Z'],
    ['OlderThanXDays', 90, undefined, '2023-11-30T15:30:00Z'],
    ['OlderThanXYears', 1, undefined, '2023-02-28T15:30:00Z'],
  ])('%s (%d) is a span in UTC', (name, count, from, before) => {
    expect(isDateCondition(name)).toBe(true);
    expect(spanOf(name, now, count)).toEqual(span(from, before));
  });

  it('counts months to the last day of a shorter one', () => {
    const may = Date.parse('2024-05-31T06:00:00Z');
    expect(spanOf('OlderThanXMonths', may, 3)).toEqual(span(undefined, '2024-02-29T06:00:00Z'));
  });

  it('of a date are whole days', () => {
    expect(spanOfDay('On', now)).toEqual(span('2024-02-28', '2024-02-29'));
    expect(spanOfDay('OnOrAfter', now)).toEqual(span('2024-02-28', undefined));
    expect(spanOfDay('OnOrBefore', now)).toEqual(span(undefined, '2024-02-29'));
  });

  it('are no others', () => {
    for (const name of ['LastXMinutes', 'NextXMinutes', 'LastFiscalYear', 'lasthours', 'constructor', ''])
      expect(isDateCondition(name)).toBe(false);
    expect(['0', '-1', '1.5', 'x', '99999999', ' 24 '].map(unitsIn)).toEqual([...Array<undefined>(5), 24]);
  });
});

describe('in a query', () => {
  const hour = 3_600_000;

  /** An operation of two hours ago and one of this moment, and how many of them a filter finds. */
  async function aged() {
    const kit = createKit();
    await kit.submit();
    await kit.simulator.clock.advance(2 * hour);
    await kit.submit();
    const counted = async (query: string) => {
      const answer = await kit.call('GET', `/api/data/v9.2/backgroundoperations?${query}`);
      const { value, error } = jsonObject(answer.body) as {
        value?: unknown[];
        error?: { message: string };
      };
      return value?.length ?? error?.message;
    };
    const web = (call: string) => counted(`$filter=${encodeURIComponent(`Microsoft.Dynamics.CRM.${call}`)}`);
    const fetch = (operator: string, value = '') =>
      counted(
        `fetchXml=${encodeURIComponent(
          `<fetch><entity name="backgroundoperation"><filter><condition attribute="createdon" operator="${operator}" ${value === '' ? '' : `value="${value}"`}/></filter></entity></fetch>`,
        )}`,
      );
    return { kit, web, fetch, counted };
  }

  it('they are counted from the target’s time, in $filter and in FetchXML', async () => {
    const { kit, web, fetch } = await aged();
    const today = new Date(await kit.simulator.clock.now()).toISOString().slice(0, 10);
    expect(await web("LastXHours(PropertyName='createdon',PropertyValue=1)")).toBe(1);
    expect(await web("LastXHours(PropertyName='createdon',PropertyValue='3')")).toBe(2);
    expect(await web("OlderThanXHours(PropertyName='createdon',PropertyValue=1)")).toBe(1);
    expect(await web("OnOrAfter(PropertyName='createdon',PropertyValue='2001-01-01')")).toBe(2);
    expect(await web("NotOn(PropertyName='createdon',PropertyValue=2001-01-01)")).toBe(2);
    expect(await web('Between(PropertyName=\'createdon\',PropertyValues=["2001-01-01","2001-01-02"])')).toBe(
      0,
    );
    expect(await web('NotIn(PropertyName=\'name\',PropertyValues=["bgop_Probe"])')).toBe(0);
    expect(await web("EqualUserId(PropertyName='createdby')")).toBe(2);
    expect(await web("NotEqualUserId(PropertyName='_createdby_value')")).toBe(0);
    expect(await fetch('last-x-hours', '1')).toBe(1);
    expect(await fetch('olderthan-x-minutes', '60')).toBe(1);
    expect(await fetch('last-seven-days')).toBe(2);
    expect(await fetch('on-or-after', today)).toBeGreaterThan(0);
    expect(await fetch('on', '2001-01-01')).toBe(0);
    expect(await fetch('ge', today)).toBeGreaterThan(0);
    expect(await fetch('gt', '2001-01-01 10:00')).toBe(2);
    expect(await fetch('lt', '2001-01-01T10:00:00+01:00')).toBe(0);
  });

  it('takes an alias for each argument, as clients write them', async () => {
    const { counted } = await aged();
    const call = 'Microsoft.Dynamics.CRM.LastXHours(PropertyName=@p1,PropertyValue=@p2)';
    expect(await counted(`$filter=${call}&@p1='createdon'&@p2=3`)).toBe(2);
  });

  it('refuses what does not fit', async () => {
    const { web, fetch } = await aged();
    expect(await web("LastXHours(PropertyName='createdon',PropertyValue=0)")).toContain('does not fit');
    expect(await web("LastXHours(PropertyName='createdon')")).toContain('and one value');
    expect(await web("LastXHours(PropertyName='name',PropertyValue=1)")).toContain('does not fit');
    expect(await web("Today(PropertyName='createdon',PropertyValue=1)")).toContain('takes PropertyName');
    expect(await web("On(PropertyName='createdon',PropertyValue='soon')")).toContain('does not fit');
    expect(await web('Between(PropertyName=\'createdon\',PropertyValues=["2001-01-01"])')).toContain('array');
    expect(await web("LastFiscalYear(PropertyName='createdon')")).toContain('not yet implemented');
    expect(await fetch('last-x-hours', 'x')).toContain('createdon');
    expect(await fetch('in-fiscal-year', '2024')).toContain('does not serve');
  });
});
