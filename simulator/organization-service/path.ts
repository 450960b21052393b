const endpoint = /^\/xrmservices\/2011\/organization\.svc\/web\/?$/i;

/** Whether a path belongs to the organization service, whose paths are compared without regard to case. */
export function isOrganizationService(path: string): boolean {
  // Nearly all paths differ in their first letter: no pattern is needed.
  const first = path[1];
  return (first === 'X' || first === 'x') && /^\/xrmservices\//i.test(path);
}

/** Whether a path is the one endpoint that takes bearer tokens. */
export function isWebEndpoint(path: string): boolean {
  return endpoint.test(path);
}
