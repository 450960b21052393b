// Why the contract says nothing about a part of the simulator: the reasons that several parts share.

export const rows = 'no clause is about rows that a client writes or deletes itself';
export const methods = 'no clause is about other methods on the table, or about /$count';
export const open = 'the documentation leaves this open, and the suite accepts every choice';
export const text = 'the text and the code of this error are in no clause';
export const noJson = 'no clause is about bodies that are no JSON object';
export const keys = 'no clause is about keys of other forms than (id)';
export const hook = 'only deviations take another way here';
export const guard = 'a second guard: the door has refused already';
export const capacity = 'only the limit of attempts at one time depends on it, and there is none by default';
export const patch = 'only 204, no body and OData-Version are fixed of the answer to an accepted PATCH';
export const paths = 'no clause is about paths that lead nowhere, or about percent-encoded ones';
export const functions = 'no clause is about functions, parameter aliases and partitions in a query';
export const labels = 'only the labels of choices are documented, not how numbers and dates are formatted';
export const constants = 'no clause is about constants on the left, booleans or null in a filter';
export const synchronous =
  'no clause is about the code and the status of a synchronous error, but that it is one';
export const wrong = 'no clause is about queries that are wrong, but for an unknown column in $select';
export const cache = 'no clause is about Cache-Control';
export const speed = 'only the time that a query takes depends on it';
export const types = 'no clause is about filters on columns of other types';
export const others = 'no clause is about other annotations, or about the echo of odata.maxpagesize';
export const nesting = 'no clause is about how deep a body or a filter may nest';
export const options = 'no clause is about query options beside $select, $filter, $orderby, $top and $count';
export const made = 'no clause is about cookies that clients make up';
export const further = 'columns and fields beside those asked for are allowed, and not required';
export const typeNames = 'the names of types stand in messages only';
