// The suite's listener as a process of its own, with one open path: node listener-process.mjs
// Prints {"port","path"} and then answers each line on standard input with its memory and what came.
import { Channel, Listener } from '../../harness/listener.ts';
import { serveListener } from '../../harness/listener-server.ts';

const listener = new Listener('http://127.0.0.1');
// As in a run: what came becomes evidence, masked.
let evidence = 0;
listener.onReceived = (received) => {
  evidence += JSON.stringify(received.masked()).length;
};
const channel = new Channel('callback', () => ({ status: 200, body: '{}' }));
const { url } = listener.open(channel);
const served = await serveListener(listener, '127.0.0.1', 0, 20_000_000);
console.log(JSON.stringify({ port: served.port, path: new URL(url).pathname }));
process.stdin.on('data', () => {
  const { rss } = process.memoryUsage();
  console.log(JSON.stringify({ rss, deliveries: channel.deliveries.length, evidence }));
});
process.stdin.on('end', () => process.exit(0));
