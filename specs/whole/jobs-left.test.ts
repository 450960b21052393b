import { expect, it } from 'vitest';
import type { Client } from '../../harness/client.ts';
import { Answer, type JsonObject } from '../../harness/answer.ts';
import type { TargetClock } from '../../harness/clock.ts';
import type { Target } from '../../harness/target.ts';
import { noteJobsLeft } from './jobs-left.ts';
import type { Subject } from './subject.ts';

const now = Date.UTC(2026, 0, 2);

/** What is charged where a query finds jobs with these statuses, one list after the other. */
async function chargedWhere(
  kind: string,
  ...lists: readonly (readonly (number | JsonObject)[])[]
): Promise<readonly string[]> {
  const charged: string[] = [];
  const subject = { operation: { accepted: { note: (clause: string) => charged.push(clause) } } };
  let asked = 0;
  const api = (): Promise<Answer> => {
    const jobs = lists[Math.min(asked, lists.length - 1)] ?? [];
    asked += 1;
    const body = JSON.stringify({
      value: jobs.map((job) => (typeof job === 'number' ? { statecode: 3, statuscode: job } : job)),
    });
    const request = { method: 'GET', url: 'http://target.test/', headers: [] };
    const headers = [['Content-Type', 'application/json']] as const;
    return Promise.resolve(new Answer(request, { status: 200, headers, body }));
  };
  const target = { config: { target: { kind } } } as unknown as Target;
  const clock = { now: () => Promise.resolve(now) } as unknown as TargetClock;
  const tools = { client: { api } as unknown as Client, clock, target };
  await noteJobsLeft(tools, 'step', [subject as unknown as Subject], 1);
  return charged;
}

it('charges jobs that succeeded and remain, not those that failed', async () => {
  expect(await chargedWhere('simulator', [30, 31])).toEqual(['event.auto-delete']);
  expect(await chargedWhere('simulator', [31])).toEqual([]);
});

it('charges jobs that failed where fewer deliveries were not received', async () => {
  expect(await chargedWhere('simulator', [31, 31])).toEqual(['event.auto-delete']);
});

it('charges jobs that never come to an end, not those that are at work', async () => {
  const job = (hours: number): JsonObject => ({
    statecode: 2,
    statuscode: 20,
    createdon: new Date(now - hours * 3_600_000).toISOString(),
  });
  expect(await chargedWhere('simulator', [job(2), job(3)])).toEqual(['event.auto-delete']);
  expect(await chargedWhere('simulator', [job(2), job(0)])).toEqual([]);
});

it('lets a target that keeps time of its own clear them away a moment later', async () => {
  expect(await chargedWhere('url', [30, 30], [])).toEqual([]);
});
