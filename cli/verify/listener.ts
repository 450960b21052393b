import { createServer } from 'node:net';
import { ConfigError, type Config } from '../../harness/config.ts';
import { UnfinishedError } from '../terminal.ts';

/**
 * Looks whether a public address of the listener can lead to it.
 *
 * @throws ConfigError when there is no fixed port for it
 */
export function checkListenerPort({ listener: { port, publicUrl } }: Config): void {
  if (port !== 0 || publicUrl === null) return;
  throw new ConfigError('configuration', [
    {
      key: 'listener.port',
      found: '0, any free port',
      wanted: 'the port to which listener.publicUrl leads',
      wayOut: 'See docs/public-listener.md.',
    },
  ]);
}

/**
 * Looks whether the listener can be served where the configuration wants it.
 *
 * @throws UnfinishedError for a port that cannot be had
 */
export async function checkListener({ listener: { host, port } }: Config): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
    await new Promise<void>((resolve) => server.close(() => resolve()));
  } catch (error) {
    throw new UnfinishedError(whyNot(error, host, port));
  }
}

function whyNot(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const wayOut =
    code === 'EADDRINUSE'
      ? 'Does another run go on, or something else listen there? End it, or give another listener.port.'
      : 'Give another listener.host or listener.port.';
  return `the listener cannot be served on ${host} port ${port} (${code}). ${wayOut}`;
}
