import module from 'node:module';
import path from 'node:path';

/**
 * What lets the runner's processes start early. They share what this process keeps compiled, and Node itself
 * loads the sources, types stripped, in place of Playwright's hooks: those look at each import of each process,
 * and read every file through Babel on a machine's first run.
 */
export function quickStart(): NodeJS.ProcessEnv {
  const folder = module.getCompileCacheDir();
  return {
    PW_DISABLE_TS_ESM: '1',
    ...(folder === undefined ? {} : { NODE_COMPILE_CACHE: path.dirname(folder) }),
  };
}
