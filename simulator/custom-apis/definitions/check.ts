import { fitsType } from '../parameter-types.ts';
import type { CustomApiDefinition, OutcomeDefinition } from './definition.ts';
import { placesIn, templateWords } from './template.ts';

/** What is wrong with a definition, and where: `customApis[0].outputs.Url`. */
export interface DefinitionProblem {
  readonly key: string;
  readonly message: string;
}

/** What fits the schema and still cannot work: names that no declaration has, values of another type. */
export function problemsOfApis(apis: readonly CustomApiDefinition[]): readonly DefinitionProblem[] {
  const names = apis.map(({ uniqueName }) => uniqueName);
  return apis.flatMap((api, index) => {
    const key = `customApis[${index}]`;
    const problems = [
      ...problemsOfMembers(api, key),
      ...outcomesOf(api, key).flatMap((each) => problemsOfOutcome(api, ...each)),
    ];
    if (names.indexOf(api.uniqueName) !== index)
      problems.push({ key: `${key}.uniqueName`, message: `"${api.uniqueName}" stands in the list already` });
    return problems;
  });
}

function problemsOfMembers(api: CustomApiDefinition, key: string): DefinitionProblem[] {
  const problems = (['parameters', 'properties'] as const).flatMap((list) => {
    const names = (api[list] ?? []).map(({ uniqueName }) => uniqueName);
    return names.flatMap((name, index) =>
      names.indexOf(name) === index
        ? []
        : [{ key: `${key}.${list}[${index}].uniqueName`, message: `"${name}" stands in the list already` }],
    );
  });
  if (api.isFunction === true && (api.properties ?? []).length === 0)
    problems.push({ key: `${key}.isFunction`, message: 'a function needs a response property' });
  return problems;
}

/** All outcomes of a custom API with the keys under which they stand. */
function outcomesOf(api: CustomApiDefinition, key: string): readonly [OutcomeDefinition, string][] {
  const attempts = (api.attempts ?? []).flatMap((attempt, index): [OutcomeDefinition, string][] => {
    const at = `${key}.attempts[${index}]`;
    return 'oneOf' in attempt
      ? attempt.oneOf.map((each, number) => [each, `${at}.oneOf[${number}]`])
      : [[attempt, at]];
  });
  return [[api, key], ...attempts];
}

function problemsOfOutcome(
  { parameters = [], properties = [], binding }: CustomApiDefinition,
  { outputs = {}, fail, timeOut }: OutcomeDefinition,
  key: string,
): DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  const known = parameters
    .map(({ uniqueName }) => uniqueName)
    .concat(binding?.kind === 'entity' ? ['Target'] : []);
  const checkPlaces = (names: readonly string[], at: string) => {
    for (const name of names) {
      if (known.includes(name) || templateWords.includes(name)) continue;
      const wanted = [...known, ...templateWords].join(', ');
      problems.push({ key: at, message: `{{${name}}} is not a parameter; there are ${wanted}` });
    }
  };
  for (const [name, value] of Object.entries(outputs)) {
    const at = `${key}.outputs.${name}`;
    const property = properties.find(({ uniqueName }) => uniqueName === name);
    const places = placesIn(value);
    checkPlaces(places, at);
    if (property === undefined)
      problems.push({ key: at, message: '"properties" has no such response property' });
    else if (value !== null && places.length === 0 && !fitsType(property.type, value))
      problems.push({ key: at, message: `the value is not of the type ${property.type}` });
  }
  if (fail !== undefined) checkPlaces(placesIn(fail.message), `${key}.fail.message`);
  if (fail !== undefined && timeOut === true)
    problems.push({ key: `${key}.timeOut`, message: 'an attempt either fails or times out: leave one out' });
  return problems;
}
