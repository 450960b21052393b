import { createServer } from 'node:net';
import { ConfigError, type Config } from '../../harness/config.ts';
import { UnfinishedError } from '../terminal.ts';

/**
 * Looks whether the listener can be served where the configuration wants it.
 *
 * @throws ConfigError for a public address that leads to no fixed port, UnfinishedError for a port that
 * cannot be had
 */
export async function checkListener({ listener }: Config): Promise<void> {
  const { host, port, publicUrl } = listener;
  if (port === 0 && publicUrl !== null) {
    throw new ConfigError('configuration', [
      {
        key: 'listener.port',
        found: '0, any free port',
        wanted: 'the port to which listener.publicUrl leads',
        wayOut: 'See docs/public-listener.md.',
      },
    ]);
  }
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
