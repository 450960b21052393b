/** Where a command leaves its exit status. */
export interface CommandOutcome {
  status: number;
}
