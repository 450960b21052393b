import type { ExactNumber } from '../../http/exact-json.ts';

/** One row as JSON carries it. */
export type JsonRow = { [name: string]: JsonCell };

/** A value of a column, or the rows that a navigation property leads to. */
export type JsonCell = string | number | boolean | ExactNumber | null | JsonRow | readonly JsonRow[];
