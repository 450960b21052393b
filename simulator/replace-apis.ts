import type { CustomApi } from './custom-apis/custom-api.ts';
import { builtInApis } from './web-api/tables/customapis.ts';
import type { World } from './world.ts';

/** Puts other custom APIs in the place of those that are defined in code. What clients registered stays. */
export function replaceApis(world: World, apis: readonly CustomApi[]): void {
  for (const { uniqueName } of builtInApis(world)) world.apis.delete(uniqueName);
  const registered = new Set(world.apis.keys());
  for (const api of apis) {
    if (!registered.has(api.uniqueName)) world.apis.set(api.uniqueName, api);
  }
}
