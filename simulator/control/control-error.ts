/** A call of the control interface that cannot be followed: what was wrong, and what to do. */
export class ControlError extends Error {
  /** The status that the HTTP door answers with. */
  readonly status: 400 | 404 | 409;

  constructor(message: string, status: 400 | 404 | 409 = 400) {
    super(message);
    this.name = 'ControlError';
    this.status = status;
  }
}
