import { describe, expect, it } from 'vitest';
import { DueQueue } from './due-queue.ts';

describe('the queue of due work', () => {
  it('gives what is due by instant, and within one instant in the order it was added', () => {
    const queue = new DueQueue();
    const seen: string[] = [];
    const note = (name: string) => () => void seen.push(name);
    queue.add(20, note('c'));
    queue.add(10, note('a'));
    queue.add(20, note('d'));
    queue.add(10, note('b'));
    queue.add(30, note('later'));
    expect(queue.next()).toBe(10);
    for (const work of queue.take(20)) void work();
    expect(seen).toEqual(['a', 'b', 'c', 'd']);
    expect(queue.next()).toBe(30);
  });

  it('forgets an instant whose works were all dropped, and takes new ones for it', () => {
    const queue = new DueQueue();
    const first = queue.add(10, () => undefined);
    first.drop();
    first.drop();
    expect(queue.next()).toBeUndefined();
    let ran = 0;
    queue.add(10, () => void ran++);
    first.drop();
    for (const work of queue.take(10)) void work();
    expect(ran).toBe(1);
    expect(queue.next()).toBeUndefined();
  });

  it('passes over a work that is dropped after it was taken', () => {
    const queue = new DueQueue();
    const seen: string[] = [];
    queue.add(1, () => {
      seen.push('first');
      second.drop();
    });
    const second = queue.add(1, () => void seen.push('second'));
    for (const work of queue.take(1)) void work();
    expect(seen).toEqual(['first']);
  });
});
