/** What a worker tells the command line between checks: that it waits, or that it has waited enough. */
export type Notice =
  | { readonly kind: 'waiting'; readonly milliseconds: number; readonly why: string }
  | { readonly kind: 'gave-up'; readonly why: string };

const prefix = 'bgop-notice ';

/** A notice for a reader. */
export function noticeText(notice: Notice): string {
  if (notice.kind === 'gave-up') return notice.why;
  return `the target asks for patience (${notice.why}): waiting ${Math.ceil(notice.milliseconds / 1_000)} s`;
}

/** Tells it on standard error: in a run of `bgop verify` for the reporter, else for people. */
export function tellNotice(notice: Notice): void {
  const line =
    process.env['BGOP_VERIFY'] === '1' ? prefix + JSON.stringify(notice) : `bgop: ${noticeText(notice)}`;
  process.stderr.write(`${line}\n`);
}

/** The notices in what a worker wrote. */
export function noticesIn(text: string): Notice[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith(prefix))
    .flatMap((line) => {
      try {
        return [JSON.parse(line.slice(prefix.length)) as Notice];
      } catch {
        return [];
      }
    });
}
