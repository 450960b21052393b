import { expect, it } from 'vitest';
import { contractBehaviour, type Behaviour } from '../simulator/behaviour.ts';
import { defaultChoices } from '../simulator/choices.ts';
import type { Operation } from '../simulator/core/operation.ts';
import { edit, showWhere } from '../simulator/decision-edits.ts';
import type { Deviation } from '../simulator/deviation.ts';
import type { Situation } from '../simulator/situation.ts';
import { DecisionWatch } from './decision-watch.ts';

const operation = { id: 'x', name: 'one', attempts: 1, retryCount: 0, canceled: false } as Operation;
const other = { ...operation, name: 'other' };

const named = (name: string, behaviour: Deviation['behaviour']) =>
  ({ name, breaks: 'state.succeeded', summary: '', behaviour }) as Deviation;

function watching(...deviations: Deviation[]): { watch: DecisionWatch; behaviour: Behaviour } {
  const watch = new DecisionWatch(deviations);
  return { watch, behaviour: watch.watched(contractBehaviour) };
}

const situation = { choices: defaultChoices, random: () => 0.5 } as Situation;

it('tells which deviations would have decided otherwise, since it was last asked', () => {
  const { watch, behaviour } = watching(
    named(
      'other',
      edit('etag', (etag, { name }) => (name === 'other' ? 'W/"1"' : etag)),
    ),
    named(
      'never',
      edit('etag', (etag) => etag),
    ),
    named(
      'elsewhere',
      edit('newId', () => 'x'),
    ),
    named(
      'broken',
      edit('allowsStep', () => {
        throw new Error('not there');
      }),
    ),
  );
  expect(behaviour.etag(operation)).toBe(contractBehaviour.etag(operation));
  expect([...watch.take()]).toEqual([]);
  behaviour.etag(other);
  expect(behaviour.allowsStep(1)).toBe(true);
  expect([...watch.take()]).toEqual(['other', 'broken']);
  expect([...watch.take()]).toEqual([]);
});

it('compares columns where they are read', () => {
  const { watch, behaviour } = watching(
    named(
      'shown',
      showWhere(
        ['name'],
        ({ name }) => name === 'other',
        () => 'wrong',
      ),
    ),
    named(
      'absent',
      edit('columns', (columns) => columns.slice(1)),
    ),
  );
  const columns = behaviour.columns(defaultChoices, () => '[]');
  const name = columns.find((column) => column.name === 'name');
  expect([...watch.take()]).toEqual([]);
  expect(name?.show?.(operation)).toBe('one');
  expect([...watch.take()]).toEqual(['absent']);
  expect(name?.show?.(other)).toBe('other');
  expect([...watch.take()]).toContain('shown');
});

it('gives the same random numbers to all, and draws each once', () => {
  const jittery = { ...defaultChoices, retry: { ...defaultChoices.retry, jitter: 0.5 } };
  const drawn: number[] = [];
  const random = (): number => (drawn.push(0), drawn.length / 10);
  const { watch, behaviour } = watching(
    named(
      'same',
      edit('retryWait', (wait) => wait),
    ),
    named(
      'longer',
      edit('retryWait', (wait) => (wait ?? 0) + 1),
    ),
  );
  behaviour.retryWait(
    operation,
    { kind: 'other', code: 0, message: '' },
    { ...situation, choices: jittery, random },
  );
  expect(drawn).toHaveLength(1);
  expect([...watch.take()]).toEqual(['longer']);
});
