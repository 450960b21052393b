/** So much of a stack tells where in a check it was. */
const frames = 30;

/**
 * Lets Node write stacks by itself. Playwright looks for the source map of every frame of the two stacks that it takes
 * a test, of up to 200 frames; where Node has loaded the sources (`quickStart`) there is none to find.
 */
export function plainStacks(): void {
  if (process.env['PW_DISABLE_TS_ESM'] === undefined) return;
  Reflect.deleteProperty(Error, 'prepareStackTrace');
  Error.stackTraceLimit = frames;
}
