import { rolldown } from 'rolldown';
import { check } from './trial.mjs';

/** What works in a browser by the package's README. */
const portable = ['', '/handlers', '/custom-api', '/decisions', '/deviations/submit.accepted'];

/** The entries for a browser reach nothing of Node, whatever they load later included: a page has no `node:` modules. */
export async function tryBrowser(home) {
  for (const entry of portable) {
    const found = await ofNode(`background-operations-simulator${entry}`, home);
    check(
      found.length === 0,
      `"${entry === '' ? '.' : `.${entry}`}" for a browser needs nothing of Node${found.map((name) => `; found ${name}`).join('')}`,
    );
  }
}

/** The modules of Node that a bundle of this entry for a browser imports, in any of its parts. */
async function ofNode(input, cwd) {
  const build = await rolldown({
    input,
    cwd,
    platform: 'browser',
    external: /^(?:node:|msw$)/,
  });
  const { output } = await build.generate();
  await build.close();
  return output.flatMap(({ imports = [], code = '' }) => [
    ...imports.filter((name) => name.startsWith('node:')),
    ...(code.match(/getBuiltinModule/g) ?? []),
  ]);
}
