// A client: starts an export in the background and waits until it has finished.
const organization = 'https://contoso.crm.dynamics.com';

interface Status {
  backgroundOperationStateCode: number;
  backgroundOperationStatusCode: number;
  backgroundOperationErrorMessage?: string;
  AnnotationId?: string;
}

/** Gives the id of the note. `wait` lets milliseconds pass: real ones, unless a test says otherwise. */
export async function exportToNote(token: string, wait = sleep): Promise<string | undefined> {
  const authorization = `Bearer ${token}`;
  const accepted = await fetch(`${organization}/api/data/v9.2/sample_ExportDataUsingFetchXmlToAnnotation`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', prefer: 'respond-async' },
    body: JSON.stringify({ FetchXml: '<fetch><entity name="account"/></fetch>' }),
  });
  const monitor = accepted.headers.get('location');
  if (accepted.status !== 202 || monitor === null) throw new Error(`not accepted: ${accepted.status}`);
  for (;;) {
    const answer = await fetch(monitor, { headers: { authorization } });
    if (answer.ok) {
      const status = (await answer.json()) as Status;
      if (status.backgroundOperationStatusCode === 30) return status.AnnotationId;
      if (status.backgroundOperationStateCode === 3) {
        throw new Error(status.backgroundOperationErrorMessage ?? 'canceled');
      }
    } else if (answer.status !== 429 && answer.status < 500) {
      throw new Error(`the monitor answered ${answer.status}`);
    }
    await wait(1_000 * Number(answer.headers.get('retry-after') ?? 5));
  }
}

function sleep(milliseconds: number): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
