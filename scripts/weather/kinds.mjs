// All kinds of weather, with how long a run may take in each.
import firewalls from './kinds/firewalls.mjs';
import foreign from './kinds/foreign.mjs';
import gateways from './kinds/gateways.mjs';
import moving from './kinds/moving.mjs';
import networks from './kinds/networks.mjs';
import rewriting from './kinds/rewriting.mjs';

/**
 * Seconds: about three times what was measured on two cores with a load of 20, where one case takes six times
 * as long as on an idle machine.
 */
const usual = { conformant: 450, deviating: 400 };
const others = {
  slow: { conformant: 780, deviating: 400 },
  silence: { conformant: 760, deviating: 400 },
  gone: { conformant: 360, deviating: 360 },
  'tunnel-gone': { conformant: 360, deviating: 360 },
  'huge-retry-after-always': { conformant: 360, deviating: 360 },
  'token-dies': { conformant: 210, deviating: 200 },
};
const moves = { conformant: 660, deviating: 400 };

/** @type {readonly import('./case.mjs').Kind[]} */
export const kinds = [
  ...[...gateways, ...networks, ...foreign, ...firewalls, ...rewriting].map((kind) => ({
    deadlineS: usual,
    ...kind,
  })),
  ...moving.map((kind) => ({ deadlineS: moves, ...kind })),
].map((kind) => ({ ...kind, deadlineS: others[kind.name] ?? kind.deadlineS }));
