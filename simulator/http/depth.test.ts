import { describe, expect, it } from 'vitest';
import type { PlainRequest } from '../plain.ts';
import { deepestCall, depthHeader, depthOf } from './depth.ts';

const shown = (depth: string | undefined) =>
  ({ headers: { [depthHeader]: depth } }) as unknown as PlainRequest;

describe('depthOf', () => {
  it.each([
    [undefined, 0],
    ['0', 0],
    ['3', 3],
    [String(deepestCall), deepestCall],
  ])('reads %j as %i', (text, depth) => {
    expect(depthOf(shown(text))).toBe(depth);
  });

  it.each(['0, 9', '9, 0', '0, 0', '', '-1', '1.5', '1e0', 'x', '9'.repeat(400)])(
    'counts %j as too deep',
    (text) => {
      expect(depthOf(shown(text))).toBe(deepestCall + 1);
    },
  );
});
