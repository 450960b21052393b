// What is tested in each kind of weather: a conformant target, and ten that get one thing wrong.

/** Deviations, with where the run looks. The first four answer like a gateway themselves. */
export const deviations = [
  { name: 'monitor.ok-error-status', only: ['monitor.ok'], like: ['gateway'] },
  { name: 'access.anonymous-sign-in', only: ['access.anonymous'], like: ['gateway'] },
  { name: 'unknown.malformed-crashes', only: ['unknown'], like: ['gateway'] },
  { name: 'cancel.twice-error', only: ['cancel.twice'], like: ['gateway'] },
  { name: 'submit.location-missing', only: ['submit.location'] },
  // Where the run ends early, this one cannot be told from a network that repeats.
  { name: 'callback.once-twice', only: ['callback.once'], like: ['network'] },
  { name: 'state.known-pairs-suspended', only: ['state.known-pairs'] },
  { name: 'table.filter-ne-as-eq', only: ['table.filter'] },
  { name: 'event.outputs-missing', only: ['event.outputs'] },
  { name: 'retry.three-times-once', only: ['retry.three-times'] },
];

/** What is run against a conformant target, so that one case takes seconds. */
export const only = [
  'submit.accepted',
  'submit.location',
  'monitor.ok',
  'monitor.codes',
  'cancel',
  'access',
  'table.filter',
  'retry.backoff',
  'callback.once',
  'event.once',
];
