import { html, type Html } from '../html.ts';
import { profileText, profileWords } from '../profile-words.ts';
import { forReaders } from './for-readers.ts';
import type { Result } from '../../record/result.ts';

/** The profiles in one row, each with its verdict; the numbers and the meaning on demand. */
export function profileList({ profiles = [] }: Result): Html {
  if (profiles.length === 0) return html``;
  return html`<details class="profiles" id="profiles">
    <summary>
      <span class="title">Profiles</span>
      ${profiles.map(({ name, verdict }) => {
        const { symbol, tone, word } = profileWords[verdict];
        return html`<span class="profile ${tone}"
          ><span class="mark" aria-hidden="true">${symbol}</span>${name}<span class="sr"
            >: ${word}</span
          ></span
        > `;
      })}
    </summary>
    <dl>
      ${profiles.map(
        (profile) =>
          html`<dt>${profile.name}</dt>
            <dd>${forReaders(profileText(profile))}. <span class="hint">${profile.meaning}</span></dd>`,
      )}
    </dl>
  </details>`;
}
