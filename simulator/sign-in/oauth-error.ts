import type { PlainAnswer } from '../plain.ts';

/** A refusal of the sign-in service. */
export class OAuthError extends Error {
  readonly error: string;
  readonly number: number;
  readonly status: number;

  /** @param number of AADSTS, as clients tell causes apart */
  constructor(error: string, number: number, message: string, status = 400) {
    super(message);
    this.error = error;
    this.number = number;
    this.status = status;
  }
}

/** The refusal in the form of Entra ID. */
export function oauthErrorAnswer({ error, number, message, status }: OAuthError, now: number): PlainAnswer {
  const id = crypto.randomUUID();
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return jsonAnswer(
    {
      error,
      error_description: `AADSTS${number}: ${message} Trace ID: ${id} Correlation ID: ${id} Timestamp: ${timestamp}`,
      error_codes: [number],
      timestamp,
      trace_id: id,
      correlation_id: id,
    },
    status,
  );
}

/** An answer that nobody may keep. */
export function jsonAnswer(body: object, status = 200): PlainAnswer {
  return {
    status,
    headers: [
      ['Content-Type', 'application/json; charset=utf-8'],
      ['Cache-Control', 'no-store'],
    ],
    body: JSON.stringify(body),
  };
}
