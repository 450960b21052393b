/** Something the documentation says that is no clause, and why. */
export interface LeftOut {
  readonly what: string;
  readonly why: string;
}

/** What is left out of the catalogue. */
export const leftOut: readonly LeftOut[] = [
  {
    what: 'Polling no more often than once a minute',
    why: 'It is advice to clients and no behaviour of a target: client-poll.interval. The suite follows it on targets that are not on this machine.',
  },
  {
    what: 'The six columns that a polling client should ask for',
    why: 'A recommendation to clients: client-poll.columns. That each column can be selected is table.select.',
  },
  {
    what: 'Custom APIs that are functions or bound to a table, called with respond-async',
    why: 'The target interface has one unbound action, so the suite knows no function and no bound custom API that it may call.',
  },
  { what: 'Schema names of the columns', why: 'They show in metadata only, not in what a target does.' },
  {
    what: 'Power Automate itself: its designer, its recurrence, its retries',
    why: 'It is a client of background operations. What it asks of a target is the section flow; examples/flow shows a flow.',
  },
  {
    what: 'The two-minute limit of plug-ins that the custom API itself invokes',
    why: 'The probe has one level only, so the suite cannot make a nested plug-in run too long.',
  },
  {
    what: 'Calling OnBackgroundOperationComplete oneself',
    why: 'The reference says not to, so nothing is promised about it.',
  },
];
