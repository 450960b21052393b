// The simulator's server by itself, as a process: on a virtual clock that nobody moves, so that what is
// measured is the answer to a request and not the work that it asked for.
import { startServer } from '../simulator/server.ts';

// The journal's entries may be said: 0 switches it off.
const [journal] = process.argv.slice(2).map(Number);
const { url } = await startServer({ clock: 'virtual', ...(journal === undefined ? {} : { journal }) });
console.log(`listening on ${url}`);
