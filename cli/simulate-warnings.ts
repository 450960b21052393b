import { isLoopback } from '../simulator/http/host-names.ts';
import type { RunningServer } from '../simulator/server.ts';
import { generatedToken } from './generated-token.ts';
import type { Log } from './simulate-log.ts';

type Reached = Pick<RunningServer, 'users' | 'controlToken'>;

/** The options of `bgop simulate` that decide who may do what. */
interface AccessOptions {
  readonly host: string;
  readonly requireAuth?: boolean;
  readonly knownTokens?: boolean;
  readonly controlToken?: string | false;
}

/** Says what somebody else could do to a simulator that listens for others, and what was done about it. */
export function warnOfOthers(server: Reached, options: AccessOptions, { note }: Pick<Log, 'note'>): void {
  const { host, requireAuth, knownTokens } = options;
  if (isLoopback(host)) return;
  note(controlLine(server, options));
  if (requireAuth === false) note('warning: requests without a token are the initiator’s.');
  if (knownTokens === true) {
    note('warning: the tokens are the well-known ones (--known-tokens): anybody may use them.');
    return;
  }
  note('Its tokens were generated (--known-tokens keeps the well-known ones):');
  for (const name of ['initiator', 'other', 'unprivileged']) {
    note(`  ${name.padEnd(12)} ${generatedToken(server.users, name) ?? ''}`);
  }
}

function controlLine({ controlToken: token }: Reached, { host, controlToken }: AccessOptions): string {
  if (token === undefined) {
    return `warning: others can reach ${host}, and may move its clock, read its operations and reset it: --control-token TOKEN asks them for a token.`;
  }
  const { BGOP_CONTROL_TOKEN: fromEnvironment } = process.env;
  if (token === controlToken)
    return 'The control interface /simulator/ asks for the token of --control-token.';
  if (token === fromEnvironment)
    return 'The control interface /simulator/ asks for the token of BGOP_CONTROL_TOKEN.';
  return `The control interface /simulator/ asks for "Authorization: Bearer TOKEN" (--control-token TOKEN sets it, --no-control-token asks for none). It was generated:\n  control      ${token}`;
}
