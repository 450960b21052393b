/** What one look at a target gave. */
export interface DoctorFinding {
  /** Which look it was, e.g. "who-am-i". */
  readonly id: string;
  readonly outcome: 'ok' | 'wrong' | 'skipped';
  /** In one sentence: what was seen, what is wrong, or why it was skipped. */
  readonly told: string;
  /** For what is wrong: how to mend it, unless `told` says so already. */
  readonly mend?: string;
  /**
   * For what is wrong: why no run can begin. Absent where a run can, because it is the contract that the
   * target breaks, and checks judge that.
   */
  readonly unready?: Unready;
}

/** `starting` may pass by itself, so waiting may help; `misconfigured` stays until somebody changes something. */
export type Unready = 'starting' | 'misconfigured';

/** A finding before it is known which look it belongs to. */
export type SeenByDoctor = Omit<DoctorFinding, 'id'>;

/** All is well. */
export function ok(told: string): SeenByDoctor {
  return { outcome: 'ok', told };
}

/** Something has to be mended before a run; `mend` is absent where `told` says how. */
export function wrong(told: string, mend?: string): SeenByDoctor {
  return { outcome: 'wrong', told, ...(mend === undefined ? {} : { mend }) };
}

/** As {@link wrong}, where no run could judge anything. */
export function unready(told: string, mend?: string, why: Unready = 'misconfigured'): SeenByDoctor {
  return { ...wrong(told, mend), unready: why };
}

/** It could not be looked at, or does not apply. */
export function skipped(why: string): SeenByDoctor {
  return { outcome: 'skipped', told: why };
}
