// The simulator's server by itself, as a process: on a virtual clock that nobody moves, so that what is
// measured is the answer to a request and not the work that it asked for.
import { startServer } from '../simulator/server.ts';

const { url } = await startServer({ clock: 'virtual' });
console.log(`listening on ${url}`);
