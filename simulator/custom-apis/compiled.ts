import { ControlError } from '../control/control-error.ts';
import { isJsonObject } from '../plain.ts';
import type { CustomApi } from './custom-api.ts';
import type { CustomApiDefinition } from './definitions/definition.ts';

/** Whether a custom API has code; else it is data. */
export const isCoded = (api: CustomApi | CustomApiDefinition | undefined): api is CustomApi =>
  isJsonObject(api) && typeof api['execute'] === 'function';

/** Custom APIs in code as they are, and what is data made to code. @throws ControlError that names each wrong key */
export async function compiled(
  apis: readonly (CustomApi | CustomApiDefinition)[],
  seed: number,
): Promise<readonly CustomApi[]> {
  if (apis.every((api) => isCoded(api))) return apis;
  // Not by the entry beside it, which reads files: this works in a browser, too.
  const { CustomApiProblem, customApisFrom } = await import('./definitions/custom-apis-from.ts');
  try {
    return customApisFrom({ customApis: apis }, { seed, source: 'The custom APIs of the organization' });
  } catch (error) {
    throw error instanceof CustomApiProblem ? new ControlError(error.message) : error;
  }
}
