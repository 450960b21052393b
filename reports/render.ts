import type { Result } from './result.ts';
import { verdictSentence } from './verdict-sentence.ts';

/** The result as one self-contained page: no request to anywhere, everything a target said escaped. */
export function render(result: Result): string {
  const rows = result.clauses.map(
    ({ id, level, basis, duty, verdict, reason, source }) =>
      `<tr id="${escapeHtml(id)}"><td>${escapeHtml(verdict)}</td><td>${escapeHtml(id)}</td><td>${level}, ${basis}</td>` +
      `<td><a href="${escapeHtml(source)}">${escapeHtml(duty)}</a></td><td><bdi>${escapeHtml(reason ?? '')}</bdi></td></tr>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>Conformance of ${escapeHtml(result.target.name)}</title></head><body>
<h1>Conformance of <bdi>${escapeHtml(result.target.name)}</bdi></h1>
<p>${escapeHtml(verdictSentence(result))}</p>
<p>${Object.entries(result.summary)
    .map(([key, count]) => `${key} ${count}`)
    .join(' · ')}</p>
<table><thead><tr><th>Verdict</th><th>Clause</th><th>Level</th><th>Duty</th><th>Reason</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></body></html>
`;
}

/** Text as HTML content or attribute value. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
