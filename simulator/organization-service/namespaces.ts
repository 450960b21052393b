/** The namespaces of the organization service, each under the prefix that the simulator's answers use for it. */
export const namespaces = {
  s: 'http://schemas.xmlsoap.org/soap/envelope/',
  a: 'http://schemas.microsoft.com/xrm/2011/Contracts',
  b: 'http://schemas.datacontract.org/2004/07/System.Collections.Generic',
  c: 'http://www.w3.org/2001/XMLSchema',
  d: 'http://schemas.microsoft.com/2003/10/Serialization/Arrays',
  e: 'http://schemas.microsoft.com/xrm/7.1/Contracts',
  i: 'http://www.w3.org/2001/XMLSchema-instance',
  k: 'http://schemas.microsoft.com/crm/2011/Contracts',
  o: 'http://schemas.microsoft.com/xrm/2014/Contracts',
  p: 'http://schemas.microsoft.com/xrm/9.0/Contracts',
  q: 'http://schemas.microsoft.com/2003/10/Serialization/',
  services: 'http://schemas.microsoft.com/xrm/2011/Contracts/Services',
} as const;

/** A name that every namespace is told apart by, e.g. `a:Entity`. */
export type Prefix = Exclude<keyof typeof namespaces, 'services'>;
