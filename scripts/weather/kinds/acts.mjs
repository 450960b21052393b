// What kinds of weather are made of.
import { setTimeout as pause } from 'node:timers/promises';

export const page =
  '<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Bad gateway</h1></body></html>';
export const html = { 'Content-Type': 'text/html; charset=utf-8' };
export const json = { 'Content-Type': 'application/json' };

/** What a run before a conformant target may end with. */
export const decided = [0];
export const undecided = [0, 3];

/** One request in so many, at random but the same in each run. */
export const onceIn = (many, act) => async (moment) => {
  if (moment.random() >= 1 / many) return false;
  await act(moment);
  return true;
};

/** As above, for requests that were taken to the target all the same. */
export const taken = (many, act) =>
  onceIn(many, async (moment) => {
    await moment.forward();
    act(moment);
  });

/** Everything from the middle of the run on. */
export const fromMidway = (act) => async (moment, world) => {
  if (moment.number < world.midway) return false;
  await act(moment);
  return true;
};

/** One request alone, in the middle of the run. The act gives whether it has dealt with the request. */
export const onceMidway = (act) => async (moment, world) => {
  if (moment.number < world.midway || moment.memory.has('done')) return false;
  moment.memory.set('done', true);
  return act(moment, world);
};

/** The answer of the target, so many milliseconds later. */
export const later = (milliseconds) => async (moment) => {
  await pause(milliseconds);
  moment.relay(await moment.forward());
};

/** The request reaches the target twice, as with a gateway that repeats it by itself; the second answer counts. */
export const twice = async (moment) => {
  await moment.forward();
  moment.relay(await moment.forward());
};

/** Whether a request is of the Web API or the monitor, and not of the clock or the health of the simulator. */
export const isOfTarget = ({ request }) => request.url.startsWith('/api/');
