import type { RunningServer } from '../simulator/server.ts';

/** The token of a user, if it is not the well-known one. */
export function generatedToken(users: RunningServer['users'], name: string): string | undefined {
  const known = `token-${name}`;
  return users.map(({ token }) => token).find((token) => token !== known && token.startsWith(known));
}
