import { describe, expect, inject, it } from 'vitest';
import { clientClauses } from '../../contract/client-clauses.ts';
import { varyChoices } from '../../simulator/choices.ts';
import type { SimulatorOptions } from '../../simulator/simulator.ts';
import { judgeClients } from '../../traffic/judge-clients.ts';
import { trafficOf } from '../../traffic/traffic.ts';
import { rightClients } from './right.ts';
import { rightStyles } from './right-styles.ts';
import { runClient, type SmallClient } from './world.ts';
import { wrongConduct } from './wrong-conduct.ts';
import { rightHidden, wrongHidden } from './wrong-hidden.ts';
import { wrongHabits } from './wrong-habits.ts';
import { wrongRequests } from './wrong-requests.ts';
import { wrongUnusual } from './wrong-unusual.ts';

const wrong = [wrongRequests, wrongConduct, wrongUnusual, wrongHabits, wrongHidden].flatMap((kind) =>
  Object.entries(kind).flatMap(([clause, clients]) =>
    Object.entries(clients ?? {}).map(([name, client]) => ({ clause, name, client })),
  ),
);

async function judged(client: SmallClient, options: SimulatorOptions = {}) {
  const { exchanges, error } = await runClient(client, options);
  const outcomes = judgeClients(trafficOf(exchanges));
  return {
    error,
    outcomes,
    broken: outcomes.filter(({ outcome }) => outcome === 'broken').map(({ clause }) => clause),
  };
}

const lastSeed = inject('thorough') ? 100 : 8;

describe('right clients', () => {
  it.each(Object.entries({ ...rightClients, ...rightStyles, ...rightHidden }))(
    '%s raises no alarm, whatever a Dataverse chooses',
    async (_name, client) => {
      for (let seed = 0; seed <= lastSeed; seed += 1) {
        const choices = seed === 0 ? {} : varyChoices(seed);
        const { broken, error } = await judged(client, { choices, seed: seed + 1 });
        expect({ seed, broken, error }).toEqual({ seed, broken: [], error: undefined });
      }
    },
  );

  it.each(['event', 'flowTrigger'])('%s is seen to be told by an event', async (name) => {
    const { outcomes } = await judged(rightClients[name] ?? (() => Promise.resolve()));
    const answers = outcomes.find(({ clause }) => clause === 'client-notify.answers');
    expect([answers?.outcome, answers?.decided]).toEqual(['held', 1]);
  });

  it('decide every clause between them that a client can keep without a mistake of others', async () => {
    const held = new Set<string>();
    for (const client of Object.values(rightClients))
      for (const { clause, outcome } of (await judged(client)).outcomes)
        if (outcome === 'held') held.add(clause);
    expect(clientClauses.map(({ id }) => id).filter((id) => !held.has(id))).toEqual([
      'client-submit.after-lost-answer',
      'client-poll.gone',
      'client-poll.retry-after',
      'client-poll.takes-every-answer',
      'client-cancel.not-after-refusal',
      'client-sdk.callback-uri',
    ]);
  });
});

describe('wrong clients', () => {
  it.each(wrong)('$name breaks $clause and nothing else', async ({ clause, client }) => {
    expect((await judged(client)).broken).toEqual([clause]);
  });

  it('are at least 40, one or more for each MUST and SHOULD', () => {
    expect(wrong.length).toBeGreaterThanOrEqual(40);
    expect(clientClauses.length).toBe(39);
    const proven = new Set(wrong.map(({ clause }) => clause));
    // The search for freedoms proves this one.
    const unproven = clientClauses.filter(({ id, level }) => level !== 'MAY' && !proven.has(id));
    expect(unproven.map(({ id }) => id)).toEqual(['client-poll.takes-every-answer']);
  });
});
