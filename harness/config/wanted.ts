import { z } from 'zod';
import { isLoopbackUrl } from './loopback.ts';

// Each of these carries, as its error, the words for what is wanted: the message of a ConfigError is
// made of them.

/** Text that is not empty. */
export const text = (wanted: string) => z.string({ error: wanted }).min(1, { error: wanted });

/** True or false. */
export const flag = () => z.boolean({ error: 'true or false' });

/** One of a few words. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: words.map((word) => `"${word}"`).join(' or ') });

/** The name of an environment variable; never the secret itself. */
export const environmentName = () => {
  const wanted = 'the name of an environment variable that holds the secret (not the secret itself)';
  return z.string({ error: wanted }).regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, { error: wanted });
};

/** A whole number from `least`, up to 2^31 - 1. */
export const whole = (least: number) => {
  const wanted = `a whole number from ${String(least)} to 2147483647`;
  return z.int({ error: wanted }).min(least, { error: wanted }).max(2_147_483_647, { error: wanted });
};

/** A length of time in whole milliseconds. */
export const milliseconds = (least: number) => {
  const wanted = `whole milliseconds, at least ${String(least)}`;
  return z.int({ error: wanted }).min(least, { error: wanted }).max(2_147_483_647, { error: wanted });
};

/** A TCP port from `least` (0: any free one). */
export const port = (least: 0 | 1) => {
  const wanted = `a port from ${String(least)} to 65535`;
  return z.int({ error: wanted }).min(least, { error: wanted }).max(65_535, { error: wanted });
};

/** Names with text, e.g. the environment of a container. */
export const textMap = () => z.record(z.string(), z.string({ error: 'text' }), { error: 'names with texts' });

/** An http or https address without user, query and fragment; a slash at its end is dropped. */
export const address = (wanted: string) =>
  z
    .string({ error: wanted })
    .refine(isAddress, { error: `${wanted}, without user, query and fragment` })
    .transform((value) => value.replace(/\/+$/, ''));

/** An address to which a secret is sent: as {@link address}, and http on this machine only. */
export const secretAddress = (wanted: string) =>
  address(wanted).refine((value) => value.startsWith('https:') || isLoopbackUrl(value), {
    error: `${wanted}; http only on this machine, since the secret is sent there`,
  });

/** True for an absolute http or https URL that carries no user, query or fragment. */
function isAddress(value: string): boolean {
  const url = URL.parse(value);
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  return url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}
