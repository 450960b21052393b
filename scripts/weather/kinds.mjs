// All kinds of weather, with how long a run may take in each.
import gateways from './kinds/gateways.mjs';
import moving from './kinds/moving.mjs';
import networks from './kinds/networks.mjs';

/** Seconds: about three times what was measured on two busy cores, before a conformant target and a deviating one. */
const usual = { conformant: 300, deviating: 150 };

/** @type {readonly import('./case.mjs').Kind[]} */
export const kinds = [...gateways, ...networks, ...moving].map((kind) => ({ deadlineS: usual, ...kind }));
