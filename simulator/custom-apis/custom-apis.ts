// The entry `background-operations-simulator/custom-apis`: custom APIs from a file, or from the same objects.
export { CustomApiProblem, customApisFrom, type CustomApisOptions } from './definitions/custom-apis-from.ts';
export type { DefinitionProblem } from './definitions/check.ts';
export type {
  AttemptDefinition,
  CustomApiDefinition,
  CustomApiFile,
  OutcomeDefinition,
  ParameterDefinition,
  PropertyDefinition,
  WeightedOutcome,
} from './definitions/definition.ts';
export { loadCustomApis } from './definitions/load-custom-apis.ts';
