import { defaultChoices, varyChoices, type Choices } from '../simulator/choices.ts';
import { UsageError } from './terminal.ts';

/** Enough seeds that each value of each enumerated choice is met. */
const seeds = 200;

/** The values that are known of each choice: those of the default and of many random combinations. */
function knownValues(): ReadonlyMap<string, readonly unknown[]> {
  const values = new Map<string, Set<string>>();
  const all = [defaultChoices, ...Array.from({ length: seeds }, (_, seed) => varyChoices(seed))];
  for (const choices of all) {
    for (const [name, value] of Object.entries(choices)) {
      const seen = values.get(name) ?? new Set<string>();
      values.set(name, seen.add(JSON.stringify(value ?? null)));
    }
  }
  return new Map(
    [...values].map(([name, texts]) => [name, [...texts].map((text): unknown => JSON.parse(text))]),
  );
}

/** Choices whose values are texts or null, by name: only these have a closed list. */
const isClosed = (values: readonly unknown[]): boolean =>
  values.every((value) => value === null || typeof value === 'string' || typeof value === 'boolean');

/**
 * Reads `--choose NAME=VALUE`: what the documentation leaves open, chosen by name. A value is JSON, or plain text.
 *
 * @throws UsageError for a name or a value that is not known
 */
export function chosen(settings: readonly string[]): Partial<Choices> {
  if (settings.length === 0) return {};
  const known = knownValues();
  return Object.fromEntries(settings.map((setting) => read(setting, known)));
}

function read(setting: string, known: ReadonlyMap<string, readonly unknown[]>): [string, unknown] {
  const equals = setting.indexOf('=');
  const name = equals < 0 ? setting : setting.slice(0, equals);
  const values = known.get(name);
  if (equals < 0 || values === undefined)
    throw new UsageError(
      `--choose ${setting}: expected NAME=VALUE with one of these names: ${[...known.keys()].join(', ')}. docs/simulator.md says what each means.`,
    );
  const text = setting.slice(equals + 1);
  const value = values.includes(text) ? text : valueOf(text);
  const closed = isClosed(values);
  const fits = closed
    ? values.some((each) => each === value)
    : values.some((each) => typeof each === typeof value && Array.isArray(each) === Array.isArray(value));
  if (!fits)
    throw new UsageError(
      `--choose ${setting}: expected ${closed ? 'one of' : 'a value like'} ${values
        .slice(0, closed ? 10 : 2)
        .map((each) => JSON.stringify(each))
        .join(', ')}.`,
    );
  // JSON has no undefined: a choice that can be absent is chosen so by null.
  return [name, value ?? (name.startsWith('empty') ? null : undefined)];
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
