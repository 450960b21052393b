import { closeSync, openSync } from 'node:fs';
import { fileProblem } from '../../harness/file-problem.ts';
import { isLoopback } from '../../simulator/http/host-names.ts';
import { listenProblem } from '../listen-problem.ts';
import { tlsOf } from '../simulate-tls.ts';
import { UnfinishedError, UsageError, type Terminal } from '../terminal.ts';
import { proxyRecorder, startRecordingThread } from './recorder.ts';
import { startProxy, type ProxyPlace, type RunningProxy } from './recording-proxy.ts';

/** The options of `bgop proxy`, as commander gives them. */
export interface ProxyOptions {
  readonly target: string;
  readonly host: string;
  readonly port: number;
  readonly record: string;
  readonly rewriteLocation?: boolean;
  readonly callbackPort?: number;
  readonly callbackTarget?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly selfSigned?: true | string;
}

/**
 * `bgop proxy`: records what passes between a client and a target, and judges it meanwhile, until a signal.
 *
 * @throws UsageError for options that do not fit, UnfinishedError when a port cannot be had or the record is not whole
 */
export async function proxy(options: ProxyOptions, terminal: Terminal): Promise<number> {
  const { host, port, callbackPort } = options;
  const tls = await tlsOf(options);
  const target = addressOf('--target', options.target);
  if ((callbackPort === undefined) !== (options.callbackTarget === undefined))
    throw new UsageError('--callback-port and --callback-target belong together: give both.');
  const receiver =
    options.callbackTarget === undefined ? '' : addressOf('--callback-target', options.callbackTarget);
  const file = openRecord(options.record);
  const recorder = proxyRecorder(() => startRecordingThread(file), terminal);
  const place = { host, rewriteLocation: options.rewriteLocation ?? false };
  const running: RunningProxy[] = [];
  const open = async (
    more: Pick<ProxyPlace, 'target' | 'port' | 'tls' | 'rewriteLocation'>,
  ): Promise<string> => {
    const changeOrigin = !isLoopback(new URL(more.target).hostname);
    let warned = false;
    const onUnreachable = (why: string): void => {
      // Once: a client that tries again and again would fill the terminal.
      if (!warned) terminal.err(`${more.target} cannot be reached: ${why}. ${whatToDo(why)}`);
      warned = true;
    };
    const observer = { ...recorder, onUnreachable };
    const started = await startProxy({ ...place, ...more, changeOrigin }, observer).catch(
      (error: unknown) => {
        throw new UnfinishedError(listenProblem(error, { host, port: more.port }));
      },
    );
    running.push(started);
    return started.url;
  };
  terminal.out(`listening on ${await open({ ...place, target, port, tls })}, before ${target}`);
  if (callbackPort !== undefined) {
    const url = await open({ target: receiver, port: callbackPort, tls: undefined, rewriteLocation: false });
    terminal.out(`callbacks to ${url} go to ${receiver}`);
  }
  await ended();
  for (const one of running) await one.close();
  const unwritten = await recorder.close();
  closeSync(file);
  if (unwritten > 0)
    throw new UnfinishedError(`Of what passed ${unwritten} exchanges are not in ${options.record}.`);
  terminal.out(`Recorded: ${options.record}. Judge the whole of it: bgop traffic ${options.record}`);
  return 0;
}

/** @returns a file that is added to, readable by its owner alone */
function openRecord(file: string): number {
  try {
    return openSync(file, 'a', 0o600);
  } catch (error) {
    throw new UsageError(`--record ${file}: the file cannot be written: ${fileProblem(error)}.`);
  }
}

function addressOf(option: string, text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).origin;
  throw new UsageError(
    `${option} ${text}: that is no address. Wanted e.g. https://contoso.crm.dynamics.com.`,
  );
}

function whatToDo(why: string): string {
  return why.includes('certificate')
    ? 'Its certificate is not trusted here: name its authority in NODE_EXTRA_CA_CERTS.'
    : 'Is the target running? The client is answered 502 until it is.';
}

function ended(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        resolve();
      });
  });
}
