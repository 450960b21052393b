import { expect, it } from 'vitest';
import type { Operation } from '../../harness/operation.ts';
import { NotTestable } from '../../harness/test.ts';
import { outputsOf } from './outputs.ts';

const operation = (outputs: object, play?: object): Operation =>
  ({ outputs, parts: { play } }) as unknown as Operation;

it('gives the outputs to look for, and none only where the probe was told to have none', () => {
  expect(outputsOf(operation({ Text: 'done' }))).toEqual([['Text', 'done']]);
  expect(outputsOf(operation({}, {}))).toEqual([]);
  expect(() => outputsOf(operation({}))).toThrow(NotTestable);
});
