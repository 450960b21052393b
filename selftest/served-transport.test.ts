import { expect, it } from 'vitest';
import { usualAnswers } from '../simulator/http/forms.ts';
import { createSimulator } from '../simulator/simulator.ts';
import { servedTransport } from './served-transport.ts';

it('shows the form in which a simulator answers over HTTP', async () => {
  const origin = 'http://contoso.simulator.test';
  const simulator = createSimulator({ origin, choices: { answers: { ...usualAnswers, version: '1.0' } } });
  const transport = servedTransport(simulator, origin);
  try {
    const url = `${origin}/simulator/clock`;
    const { status, headers, body } = await transport.send({ method: 'GET', url, headers: [] });
    expect([status, body]).toEqual([200, '{"now":"2026-01-01T00:00:00.000Z"}']);
    // Node's own answers say how long their connection is kept.
    expect(headers.map(([name]) => name.toLowerCase())).not.toContain('keep-alive');
  } finally {
    await transport.close();
  }
});
