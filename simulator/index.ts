// The root of the package `background-operations-simulator`. Nothing here needs Node: it runs in browsers, too.
export * from './simulator.ts';
export {
  numberOf,
  PlatformError,
  type Binding,
  type CustomApi,
  type Execution,
  type Outputs,
  type RequestParameter,
  type ResponseProperty,
} from './custom-apis/custom-api.ts';
export { deviated } from './deviation.ts';
