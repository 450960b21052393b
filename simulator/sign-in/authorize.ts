import { isLoopback } from '../http/host-names.ts';
import type { PlainAnswer } from '../plain.ts';
import type { Form, Grants } from './grants.ts';
import { OAuthError } from './oauth-error.ts';

/**
 * Answers the authorization endpoint: sends the browser back with a code, since the user consents by itself.
 * Only pages of this machine are sent one: the code is worth a token.
 */
export function authorize(grants: Grants, form: Form, autoConsent: boolean): PlainAnswer {
  const { fields } = form;
  const redirectUri = fields.get('redirect_uri') ?? '';
  if (!URL.canParse(redirectUri) || !isLoopback(new URL(redirectUri).host)) {
    const shown = redirectUri.slice(0, 200);
    throw new OAuthError(
      'invalid_request',
      50011,
      `The redirect URI '${shown}' is not one of this machine, such as http://localhost:5173.`,
    );
  }
  const mode = fields.get('response_mode') ?? 'query';
  const back = (values: Readonly<Record<string, string>>): PlainAnswer => {
    const url = new URL(redirectUri);
    const state = fields.get('state');
    const answered = new URLSearchParams({ ...values, ...(state === null ? {} : { state }) });
    if (mode === 'fragment') url.hash = String(answered);
    else for (const [name, value] of answered) url.searchParams.set(name, value);
    return {
      status: 302,
      headers: [
        ['Location', url.href],
        ['Cache-Control', 'no-store'],
      ],
      body: undefined,
    };
  };
  const refuse = (error: string, description: string) => back({ error, error_description: description });
  if (mode !== 'query' && mode !== 'fragment') {
    return back({
      error: 'invalid_request',
      error_description: 'response_mode has to be query or fragment.',
    });
  }
  if (fields.get('response_type') !== 'code')
    return refuse('unsupported_response_type', 'response_type has to be code.');
  if (!autoConsent)
    return refuse(
      'access_denied',
      'Nobody can consent: tokens were generated. Use --known-tokens, or a client secret.',
    );
  const method = fields.get('code_challenge_method') ?? 'plain';
  if (method !== 'plain' && method !== 'S256')
    return refuse('invalid_request', 'code_challenge_method has to be S256 or plain.');
  const grant = grants.interactive(form);
  const challenge = fields.get('code_challenge') ?? undefined;
  return back({ code: grants.code({ grant, redirectUri, challenge, method }) });
}
