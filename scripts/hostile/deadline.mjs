// Deadlines of cases: for a quiet machine; `--slack N` gives a busy one N times as long.
let factor = 1;

/** Makes all deadlines so many times as long. */
export function slackBy(times) {
  factor = times;
}

/** Milliseconds that a deadline comes to on this machine. */
export const onThisMachine = (milliseconds) => milliseconds * factor;

/** Gives what a promise gives, and throws if that takes longer than its deadline. */
export async function inTime(promise, milliseconds) {
  const most = onThisMachine(milliseconds);
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not over within ${most / 1000} s`)), most);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
