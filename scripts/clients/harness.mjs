// Shared by the calls of all clients: it is copied beside them into their folder.

/** Where the simulator is, and who asks. */
export const simulator = {
  http: process.env.SIMULATOR_HTTP,
  https: process.env.SIMULATOR_HTTPS,
  token: process.env.SIMULATOR_TOKEN,
  /** A user besides the one of the token. */
  other: process.env.SIMULATOR_OTHER,
};

const told = [];

/** A call that has to be answered; `check` throws where the answer is not what it should be. */
export async function answered(what, call, check = () => undefined) {
  await tell(what, 'answered', async () => {
    const value = await call();
    check(value);
    return value;
  });
}

/** A call that Dataverse would answer and the simulator refuses: with an error of the platform, not by breaking. */
export async function refused(what, call, code = /0x[0-9a-f]{8}|40[0-9]|415|501/i) {
  await tell(what, 'refused', async () => {
    let error;
    try {
      await call();
    } catch (thrown) {
      error = thrown;
    }
    if (error === undefined) throw new Error('It was answered: call it so.');
    const text = `${error.code ?? ''} ${error.status ?? ''} ${error.errorCode ?? ''} ${error.message ?? ''} ${JSON.stringify(error)}`;
    if (!code.test(text)) throw error instanceof Error ? error : new Error(text);
  });
}

async function tell(what, outcome, run) {
  try {
    await run();
    told.push({ what, outcome });
  } catch (error) {
    told.push({ what, outcome: 'failed', why: reason(error) });
  }
}

function reason(error) {
  if (error instanceof Error) return `${error.message} ${error.cause ?? ''}`.trim().slice(0, 400);
  return JSON.stringify(error).slice(0, 400);
}

/** Fails with a readable message. */
export function expect(holds, message) {
  if (!holds) throw new Error(message);
}

/** Waits until a call gives something, for at most ten seconds. */
export async function eventually(call) {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const value = await call();
    if (value) return value;
    if (Date.now() > deadline) throw new Error('It did not happen within ten seconds.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Hands over what was told; the last line of a client's calls. */
export function finish() {
  process.stdout.write(`\n${JSON.stringify({ calls: told })}\n`, () => process.exit(0));
}
