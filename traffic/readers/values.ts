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
