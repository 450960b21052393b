import { describe, expect, it } from 'vitest';
import { clauses } from '../contract/clauses.ts';
import { lackingNeeds } from '../contract/needs.ts';
import { causeText } from '../record/cause.ts';
import { capabilitiesOf, offersOf, unmetNeed } from './capabilities.ts';
import { parseConfig, type Config } from './config.ts';

const real = { kind: 'url', url: 'http://127.0.0.1:1', clock: { kind: 'real' } };
const needs = ['probe', 'clock', 'slow'] as const;

function config(target: object, more: object = {}): Config {
  return parseConfig({ target, ...more });
}

describe('what a target offers', () => {
  it.each([
    ['a real clock, by default', config(real), undefined],
    ['a real clock and --slow', config(real, { slow: true, budget: { waitMs: 0 } }), undefined],
    ['a real clock and no time to wait', config(real, { budget: { waitMs: 0 } }), 'slow'],
    ['a virtual clock', config({ ...real, clock: { kind: 'virtual', url: '/clock' } }), undefined],
  ])('decides probe, clock, slow with %s', (_, given, lacking) => {
    const offered = capabilitiesOf(given);
    expect(lackingNeeds(needs, offersOf(offered))).toEqual(lacking === undefined ? [] : [lacking]);
    const cause = lacking === undefined ? undefined : { kind: 'lacks', needs: [lacking] };
    expect(unmetNeed(needs, offered)).toEqual(cause);
  });

  it('is told to a check as to the report, for every clause', () => {
    for (const target of [real, { kind: 'simulator' }, { ...real, table: true, callbacks: true }]) {
      const offered = capabilitiesOf(config(target, { budget: { waitMs: 0 } }));
      for (const clause of clauses) {
        const lacking = lackingNeeds(clause.needs, offersOf(offered));
        const cause = lacking.length === 0 ? undefined : { kind: 'lacks', needs: lacking };
        expect(unmetNeed(clause.needs, offered), clause.id).toEqual(cause);
      }
    }
  });

  it.each([
    [undefined, []],
    [{ kind: 'webhook-step' }, ['event', 'event-step']],
    [{ kind: 'callback-registration' }, ['callback-registration']],
    [{ kind: 'preregistered', callbackRegistrations: true }, ['event', 'callback-registration']],
  ])('has of events %j', (events, offered) => {
    const offers = offersOf(capabilitiesOf(config({ ...real, ...(events === undefined ? {} : { events }) })));
    const ofEvents = ['event', 'event-step', 'callback-registration'] as const;
    expect(ofEvents.filter((need) => offers.includes(need))).toEqual(offered);
  });

  it('names everything that is lacking, with the way out', () => {
    const cause = unmetNeed(['probe', 'table', 'event'], capabilitiesOf(config({ ...real, table: false })));
    expect(cause && causeText(cause)).toBe(
      'needs the backgroundoperations table: set `target.table` to true; needs events: set `target.events`',
    );
  });
});
