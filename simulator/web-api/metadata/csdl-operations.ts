import type { Binding, CustomApi, RequestParameter } from '../../custom-apis/custom-api.ts';
import { edmType } from '../../custom-apis/parameter-types.ts';
import type { Element } from './csdl-writer.ts';
import { element } from './csdl-writer.ts';

/** A parameter, or an output. */
interface Member {
  readonly name: string;
  /** `Edm.Guid`, or a type of the schema by its alias. */
  readonly type: string;
  readonly optional?: boolean;
}

/** A message or custom API that can be called, as CSDL declares it. */
export interface OperationFacts {
  readonly name: string;
  readonly kind: 'Action' | 'Function';
  readonly binding?: Binding;
  readonly parameters: readonly Member[];
  readonly properties: readonly Member[];
  /** What it answers where that is no type of its own: rows of a table. */
  readonly returns?: string;
}

/** A custom API as CSDL declares it. */
export function operationFacts({
  uniqueName,
  binding,
  isFunction = false,
  parameters,
  properties,
}: CustomApi): OperationFacts {
  return {
    name: uniqueName,
    kind: isFunction ? 'Function' : 'Action',
    ...(binding === undefined ? {} : { binding }),
    parameters: parameters.map(memberOf),
    properties: properties.map(memberOf),
  };
}

function memberOf({ uniqueName, type, optional = false }: RequestParameter): Member {
  return { name: uniqueName, type: edmType(type).replace('Microsoft.Dynamics.CRM.', 'mscrm.'), optional };
}

/** The operation, after the type of its answer where it has outputs. */
export function operationElements({
  name,
  kind,
  binding,
  parameters,
  properties,
  returns,
}: OperationFacts): Element[] {
  const response = element(
    'ComplexType',
    { Name: `${name}Response` },
    properties.map((each) => element('Property', typed(each, undefined))),
  );
  const returned = element('ReturnType', { Type: returns ?? `mscrm.${name}Response`, Nullable: 'false' });
  const operation = element(kind, { Name: name, IsBound: binding === undefined ? undefined : 'true' }, [
    ...(binding === undefined ? [] : [boundParameter(binding)]),
    ...parameters.map((each) =>
      element('Parameter', typed(each, each.optional === true ? undefined : 'false')),
    ),
    ...(properties.length === 0 && returns === undefined ? [] : [returned]),
  ]);
  return properties.length === 0 ? [operation] : [response, operation];
}

/** The first parameter of a bound operation: the row, or the rows, in front of it in the URL. */
function boundParameter({ kind, entity }: Binding): Element {
  const type = `mscrm.${entity}`;
  return kind === 'entity'
    ? element('Parameter', { Name: 'entity', Type: type, Nullable: 'false' })
    : element('Parameter', { Name: 'entityset', Type: `Collection(${type})`, Nullable: 'false' });
}

/** How the container offers an operation that is not bound. */
export function operationImport({ name, kind }: OperationFacts): Element {
  return element(`${kind}Import`, { Name: name, [kind]: `Microsoft.Dynamics.CRM.${name}` });
}

function typed({ name, type }: Member, nullable: 'false' | undefined): Element['attributes'] {
  const unicode = type.includes('Edm.String') ? 'false' : undefined;
  return { Name: name, Type: type, Nullable: nullable, Unicode: unicode };
}
