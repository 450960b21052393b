/** The namespaces of the organization service, by the names that the suite has for them. */
export const soapNamespaces = {
  /** SOAP 1.1. */
  soap: 'http://schemas.xmlsoap.org/soap/envelope/',
  /** The operations of the service, and what answers them. */
  services: 'http://schemas.microsoft.com/xrm/2011/Contracts/Services',
  /** Requests, responses, entities and faults. */
  contracts: 'http://schemas.microsoft.com/xrm/2011/Contracts',
  /** Key and value of a pair. */
  generic: 'http://schemas.datacontract.org/2004/07/System.Collections.Generic',
  arrays: 'http://schemas.microsoft.com/2003/10/Serialization/Arrays',
  /** Types that XML Schema does not have, such as `guid`. */
  serialization: 'http://schemas.microsoft.com/2003/10/Serialization/',
  schema: 'http://www.w3.org/2001/XMLSchema',
  instance: 'http://www.w3.org/2001/XMLSchema-instance',
} as const;

/** A name of one of the {@link soapNamespaces}. */
export type Space = keyof typeof soapNamespaces;
