import { createSimulator } from 'background-operations-simulator';
import { createHandlers } from 'background-operations-simulator/handlers';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { exportToNote } from './export-job.ts';

const simulator = createSimulator();
const server = setupServer(...createHandlers(simulator, 'https://contoso.crm.dynamics.com'));
beforeAll(() => {
  server.listen();
});
beforeEach(() => {
  simulator.control.reset();
});
afterAll(() => {
  server.close();
});

/** The client's waiting moves the simulator's clock: the 45 seconds of the export take no time. */
const wait = (milliseconds: number) => simulator.clock.advance(milliseconds);

it('gives the id of the note', async () => {
  expect(await exportToNote('token-initiator', wait)).toMatch(/^[0-9a-f-]{36}$/);
});

it('goes on when the monitor throttles it', async () => {
  simulator.control.faults.add({
    match: { path: '/api/backgroundoperation/*' },
    status: 429,
    retryAfter: 20,
    times: 2,
  });
  await exportToNote('token-initiator', wait);
  expect(simulator.control.requests.count({ method: 'POST' })).toBe(1);
});

it('tells why an export failed', async () => {
  const { operations } = simulator.control;
  const exporting = exportToNote('token-initiator', () => {
    for (const { id } of operations.list()) operations.fail(id, { message: 'no room left' });
    return Promise.resolve();
  });
  await expect(exporting).rejects.toThrow('no room left');
});
