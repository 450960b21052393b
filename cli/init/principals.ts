import type { Asker } from './asker.ts';
import { authOf, variables, type InitOptions } from './options.ts';
import { trouble } from './trouble.ts';

type TextQuestion = (message: string, fallback?: string) => Promise<string>;

/** Asks how the initiator signs in, and whether there are other users to act as. */
export async function askForPrincipals(options: InitOptions, asker: Asker): Promise<InitOptions> {
  const told = options.auth ?? options.tokenEnv ?? options.clientId;
  const auth =
    told !== undefined
      ? authOf(options)
      : await asker.choose(
          'How does the suite sign in?',
          [
            { value: 'none', label: 'not at all' },
            { value: 'bearer', label: 'with a token that is at hand' },
            {
              value: 'client-credentials',
              label: 'as an application of Microsoft Entra ID, with its secret',
            },
            { value: 'default-azure-credential', label: 'with the credential of this machine (az login, …)' },
            { value: 'simulator-user', label: 'as a user of "bgop simulate"' },
          ],
          'none',
        );
  const initiator = await askForInitiator({ ...options, auth }, asker);
  if (auth === 'none' || auth === 'simulator-user') return initiator;
  return askForUnprivileged(await askForOther(initiator, asker), asker);
}

async function askForInitiator(options: InitOptions, asker: Asker): Promise<InitOptions> {
  if (options.auth === 'bearer') {
    const message = 'Name of the environment variable that holds the token (not the token)';
    const tokenEnv = options.tokenEnv ?? (await asker.text(message, trouble.variable, variables.token));
    return { ...options, tokenEnv };
  }
  if (options.auth !== 'client-credentials') return options;
  const tenantId = options.tenantId ?? (await asker.text('Directory (tenant) id', trouble.some));
  const clientId = options.clientId ?? (await asker.text('Application (client) id', trouble.some));
  const clientSecretEnv =
    options.clientSecretEnv ?? (await asker.text(secretMessage, trouble.variable, variables.secret));
  return { ...options, tenantId, clientId, clientSecretEnv };
}

const secretMessage = 'Name of the environment variable that holds the secret (not the secret)';

async function askForOther(options: InitOptions, asker: Asker): Promise<InitOptions> {
  if (options.otherTokenEnv !== undefined || options.otherClientId !== undefined) return options;
  if (!(await asker.confirm('Is there another user with the same privileges?', false))) return options;
  if (options.auth === 'bearer') {
    const otherTokenEnv = await askVariable(asker)('Variable with that user’s token', variables.otherToken);
    return { ...options, otherTokenEnv };
  }
  const tenantId = options.tenantId ?? (await asker.text('Directory (tenant) id', trouble.some));
  const otherClientId = await asker.text('Application (client) id of that user', trouble.some);
  const otherClientSecretEnv = await askVariable(asker)(secretMessage, variables.otherSecret);
  return { ...options, tenantId, otherClientId, otherClientSecretEnv };
}

async function askForUnprivileged(options: InitOptions, asker: Asker): Promise<InitOptions> {
  if (options.unprivilegedTokenEnv !== undefined || options.unprivilegedClientId !== undefined)
    return options;
  if (!(await asker.confirm('Is there a user without the privileges?', false))) return options;
  if (options.auth === 'bearer') {
    const unprivilegedTokenEnv = await askVariable(asker)(
      'Variable with that user’s token',
      variables.unprivilegedToken,
    );
    return { ...options, unprivilegedTokenEnv };
  }
  const tenantId = options.tenantId ?? (await asker.text('Directory (tenant) id', trouble.some));
  const unprivilegedClientId = await asker.text('Application (client) id of that user', trouble.some);
  const unprivilegedClientSecretEnv = await askVariable(asker)(secretMessage, variables.unprivilegedSecret);
  return { ...options, tenantId, unprivilegedClientId, unprivilegedClientSecretEnv };
}

function askVariable(asker: Asker): TextQuestion {
  return (message, fallback) => asker.text(message, trouble.variable, fallback);
}
