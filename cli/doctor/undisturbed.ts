const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Does something that must not be left half done: a signal that comes meanwhile takes effect afterwards. */
export async function undisturbed<Value>(body: () => Promise<Value>): Promise<Value> {
  let received: NodeJS.Signals | undefined;
  const receive = (signal: NodeJS.Signals): void => {
    received ??= signal;
  };
  for (const signal of signals) process.on(signal, receive);
  try {
    return await body();
  } finally {
    for (const signal of signals) process.off(signal, receive);
    if (received !== undefined) process.kill(process.pid, received);
  }
}
