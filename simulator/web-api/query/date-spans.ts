/** A span of time, epoch milliseconds: from the first to before the other; an open end is absent. */
export interface TimeSpan {
  readonly from?: number;
  readonly before?: number;
}

type Unit = 'Minutes' | 'Hours' | 'Days' | 'Weeks' | 'Months' | 'Years';

const minute = 60_000;
const day = 24 * 60 * minute;
const lengths = { Minutes: minute, Hours: 60 * minute, Days: day, Weeks: 7 * day } as const;
/** The largest count of units that is understood. */
const most = 1_000_000;

/** A moment so many units later; months and years end on the last day of a month that has no such day. */
function later(time: number, unit: Unit, by: number): number {
  if (unit !== 'Months' && unit !== 'Years') return time + by * lengths[unit];
  const date = new Date(time);
  const month = date.getUTCMonth() + (unit === 'Months' ? by : 12 * by);
  const daysOfMonth = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const first = Date.UTC(date.getUTCFullYear(), month, 1);
  return first + (Math.min(date.getUTCDate(), daysOfMonth) - 1) * day + (time - startOfDay(time));
}

function startOfDay(time: number): number {
  return Math.floor(time / day) * day;
}

/** Where the week (from Sunday), month or year begins that is so many after the one of a moment. */
function startOf(unit: 'Week' | 'Month' | 'Year', time: number, by: number): number {
  const date = new Date(time);
  if (unit === 'Week') return startOfDay(time) + (by * 7 - date.getUTCDay()) * day;
  if (unit === 'Month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + by, 1);
  return Date.UTC(date.getUTCFullYear() + by, 0, 1);
}

const calendar = new Map([
  ['Last', -1],
  ['This', 0],
  ['Next', 1],
]);
const days = new Map([
  ['Yesterday', -1],
  ['Today', 0],
  ['Tomorrow', 1],
]);

/**
 * The span that one of Dataverse's conditions on dates means at a moment, by its name in the SDK and in the
 * Web API (`LastXHours`); undefined for another name. All in UTC; weeks begin on Sunday.
 *
 * @param count the number of units, for the names with an X
 */
export function spanOf(name: string, now: number, count = 1): TimeSpan | undefined {
  const today = startOfDay(now);
  const shift = days.get(name);
  if (shift !== undefined) return { from: today + shift * day, before: today + (shift + 1) * day };
  if (name === 'Last7Days') return { from: today - 7 * day, before: now + 1 };
  if (name === 'Next7Days') return { from: now, before: today + 8 * day };
  const [, which = '', unit] = /^(Last|This|Next)(Week|Month|Year)$/.exec(name) ?? [];
  const by = calendar.get(which);
  if (by !== undefined && (unit === 'Week' || unit === 'Month' || unit === 'Year'))
    return { from: startOf(unit, now, by), before: startOf(unit, now, by + 1) };
  const counted = countedName(name);
  if (counted === undefined) return undefined;
  if (counted.side === 'OlderThan') return { before: later(now, counted.unit, -count) };
  const whole = counted.unit === 'Hours' ? (time: number) => time : startOfDay;
  if (counted.side === 'Last') return { from: whole(later(now, counted.unit, -count)), before: now + 1 };
  const end = later(now, counted.unit, count);
  return { from: now, before: counted.unit === 'Hours' ? end + 1 : startOfDay(end) + day };
}

/** The span that `On`, `OnOrAfter` or `OnOrBefore` means for a date; undefined for another name. */
export function spanOfDay(name: string, time: number): TimeSpan | undefined {
  const from = startOfDay(time);
  if (name === 'On') return { from, before: from + day };
  if (name === 'OnOrAfter') return { from };
  return name === 'OnOrBefore' ? { before: from + day } : undefined;
}

/** Whether a condition is one on dates that is served. */
export function isDateCondition(name: string): boolean {
  return needsDate(name) || spanOf(name, 0) !== undefined;
}

/** Whether a condition on dates takes a date. */
export function needsDate(name: string): boolean {
  return spanOfDay(name.replace(/^Not/, ''), 0) !== undefined;
}

interface CountedName {
  readonly side: string;
  readonly unit: Unit;
}

function countedName(name: string): CountedName | undefined {
  const [, side, unit] =
    /^(?:(Last|Next)X(Hours|Days|Weeks|Months|Years)|(OlderThan)X(Minutes|Hours|Days|Weeks|Months|Years))$/
      .exec(name)
      ?.filter((part) => part !== undefined) ?? [];
  return side === undefined ? undefined : { side, unit: unit as Unit };
}

/** Whether a condition counts units, and so needs a number. */
export function countsUnits(name: string): boolean {
  return countedName(name) !== undefined;
}

/** The number of units that a text means; undefined where it is no whole number from 1 on. */
export function unitsIn(text: string): number | undefined {
  const count = /^\d{1,7}$/.test(text.trim()) ? Number(text) : 0;
  return count >= 1 && count <= most ? count : undefined;
}
