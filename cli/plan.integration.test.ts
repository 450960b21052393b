import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startServer } from '../simulator/server.ts';
import { bgop, emptyFolder, serve } from './fixtures/bgop.ts';
import type { PlannedRun } from './plan/plan.ts';

async function configured(target: object, more: object = {}): Promise<string> {
  const folder = await emptyFolder();
  await writeFile(path.join(folder, 'bgop.config.json'), JSON.stringify({ target, ...more }));
  return folder;
}

async function planIn(folder: string, ...args: string[]): Promise<PlannedRun> {
  const ended = await bgop(folder, 'verify', '--plan', '--format', 'json', ...args);
  expect(ended, ended.err).toMatchObject({ status: 0, err: '' });
  return JSON.parse(ended.out) as PlannedRun;
}

describe('bgop verify --plan', () => {
  it('contacts nobody, needs no secret and leaves the last report alone', async () => {
    let asked = 0;
    const target = await serve((_request, response) => {
      asked += 1;
      response.end();
    });
    const auth = { kind: 'bearer', tokenEnv: 'BGOP_ABSENT_TOKEN' };
    const folder = await configured({ kind: 'url', url: target.url, auth });
    await mkdir(path.join(folder, 'conformance-report'));
    await writeFile(path.join(folder, 'conformance-report', 'conformance.json'), 'old');
    const ended = await bgop(folder, 'verify', '--plan');
    await target.close();
    expect(ended, ended.err).toMatchObject({ status: 0, err: '' });
    expect(ended.out).toContain('The target was not contacted.');
    expect(ended.out).toContain('need a second privileged user: set `target.otherUserAuth`');
    expect(asked).toBe(0);
    expect(await readdir(path.join(folder, 'conformance-report'))).toEqual(['conformance.json']);
  });

  it('foretells what the run then does to the target', async () => {
    const server = await startServer({ clock: 'virtual' });
    const user = (name: string) => ({ kind: 'simulator-user', user: name });
    const folder = await configured({
      kind: 'url',
      url: server.url,
      auth: user('initiator'),
      clock: { kind: 'virtual', url: '/simulator/clock' },
    });
    const wanted = ['--only', 'submit.location,submit.id-unique,monitor.ok,access.anonymous', '--seed', '7'];
    const plan = await planIn(folder, ...wanted);
    const count = `${server.url}/api/data/v9.2/backgroundoperations/$count`;
    const ended = await bgop(folder, 'verify', ...wanted);
    const rows = await fetch(count, { headers: { Authorization: 'Bearer token-initiator' } });
    const made = Number(await rows.text());
    await server.close();
    expect(ended.status, ended.err).toBe(0);
    expect(plan.does.operations).toBeGreaterThan(10);
    expect(made).toBe(plan.does.operations);
    expect(plan.clauses.map(({ id }) => id)).toHaveLength(4);
  });

  it('says what a target without control of attempts leaves untested', async () => {
    const folder = await configured({
      kind: 'url',
      url: 'http://127.0.0.1:9',
      probe: { kind: 'fixed', succeeds: { name: 'contoso_Export' } },
      events: { kind: 'preregistered' },
    });
    const plan = await planIn(folder);
    const of = (id: string) => plan.clauses.find((clause) => clause.id === id);
    expect(of('submit.location')).toMatchObject({ tested: 'yes', reasons: [] });
    expect(of('retry.on-error')).toMatchObject({ tested: 'no', does: { operations: 0 } });
    expect(of('retry.on-error')?.reasons.join()).toContain('control of attempts');
    expect(of('error.message')?.tested).toBe('no');
    expect(of('event.once')).toMatchObject({ tested: 'partly' });
    expect(plan.does).toMatchObject({ webhooks: 0, steps: 0 });
  });

  it('rehearses beyond the requests that the run is allowed, and says so', async () => {
    const target = { kind: 'url', url: 'http://127.0.0.1:9' };
    const folder = await configured(target, { budget: { requests: 5 } });
    const ended = await bgop(folder, 'verify', '--plan', '--only', 'submit');
    expect(ended, ended.err).toMatchObject({ status: 0 });
    expect(ended.out).toContain('budget.requests allows 5 requests only');
    expect(ended.out).toMatch(/submit\.burst +SHOULD +1 check, 201 operations/);
  });

  it.each([
    [['verify', '--plan', '--format', 'sarif'], 'a plan is a table, or JSON'],
    [['verify', '--plan', '--shard', '1/2'], 'leave --shard out'],
    [['verify', '--format', 'json'], 'conformance.json in its report'],
  ])('%j ends with 2', async (args, message) => {
    const ended = await bgop(await emptyFolder(), ...args);
    expect(ended).toMatchObject({ status: 2 });
    expect(ended.err).toContain(message);
  });
});
