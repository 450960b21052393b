import type { HeaderFields } from '../../record/evidence.ts';

/** Stands for an entry that has no time or no address, so that nothing can be told of it. */
export type Unplaced = 'unplaced';

/** Whether a value is an object that is no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text; empty for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A body: a text, or the text of what a tool has parsed before. */
export function bodyIn(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : textOf(value);
}

/** Epoch milliseconds: of a time in words as ISO 8601 has it, or of a number since 1970 in seconds or less; else NaN. */
export function timeIn(value: unknown): number {
  if (typeof value !== 'number') return Date.parse(textOf(value));
  // As milliseconds this is a day in 1973, as seconds a year that no recording has.
  return value < 100_000_000_000 ? value * 1_000 : value;
}

/** The status of an answer, 0 where none came; undefined where the record does not tell. */
export function statusIn(value: unknown): number | undefined {
  const told = typeof value === 'number' ? value >= 0 : /^\d+$/.test(textOf(value));
  return told ? numberOf(value) : undefined;
}

/** A number that is not negative, also where a tool writes it as a text; 0 for anything else. */
export function numberOf(value: unknown): number {
  if (typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value)) return Number(value);
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}

/** Header fields: a list of `{ name, value }` or of pairs, or an object by name. */
export function fieldsOf(value: unknown): HeaderFields {
  if (Array.isArray(value))
    return value.flatMap((field: unknown): [string, string][] => {
      const [name, text] = Array.isArray(field)
        ? (field as unknown[])
        : isRecord(field)
          ? [field['name'], field['value']]
          : [];
      return typeof name === 'string' && typeof text === 'string' ? [[name, text]] : [];
    });
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, text]): [string, string][] =>
    (Array.isArray(text) ? (text as unknown[]) : [text]).flatMap((one): [string, string][] =>
      typeof one === 'string' ? [[name, one]] : [],
    ),
  );
}
