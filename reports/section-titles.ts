import type { NamedSection } from '../record/result.ts';
import { capital } from './page/script/words.ts';

/**
 * How the sections of some results are called: as the newest of them that says so calls them, never as the
 * catalogue of this version does. A section that none of them names has its id for a title.
 *
 * @param catalogues those of the results, from the oldest to the newest
 */
export function sectionTitles(
  catalogues: readonly ({ readonly sections?: readonly NamedSection[] } | undefined)[],
): (id: string) => string {
  const titles = new Map(
    catalogues.flatMap((catalogue) => catalogue?.sections ?? []).map(({ id, title }) => [id, title]),
  );
  return (id) => capital(titles.get(id) ?? id);
}
