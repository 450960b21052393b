// Bundles the script of the report's page. As a program it prints the script and the files that it was made
// of, relative to the project, as JSON: node scripts/bundle-page.mjs
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Names stay, so that a fault in somebody's browser can be read. */
const minify = { mangle: false, compress: true, codegen: true };

/** The page's script as one classic script, with the files that it was made of. */
export async function bundlePage() {
  const bundle = await rolldown({
    input: `${root}reports/page/script/main.ts`,
    platform: 'browser',
    // A warning is a mistake in the page's modules, such as a circle.
    onLog: (_level, { message }) => {
      throw new Error(message);
    },
  });
  try {
    const { output } = await bundle.generate({ format: 'iife', minify });
    const [{ code, moduleIds }, ...others] = output;
    if (others.length > 0) throw new Error('The page’s script is more than one file.');
    const modules = moduleIds
      .filter((id) => id.startsWith(root))
      .map((id) => relative(root, id).split(sep).join('/'));
    return { code, modules };
  } finally {
    await bundle.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.stdout.write(JSON.stringify(await bundlePage()));
