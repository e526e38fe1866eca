// How many crawler handshakes a second one core answers on loopback sockets, and in how much memory: the overlay
// february-2005 (1,031,475 peers) against a bare Node server that sends a constant answer of the same size.
//
//   npm run build && node bench/loopback.js [--peers N] [--contacts N]
import { fork } from 'node:child_process';
import { createServer, connect } from 'node:net';
import { parseArgs } from 'node:util';
import { simulationArguments } from '../dist/cli/simulation-arguments.js';
import { gnutella } from '../dist/overlays/gnutella/gnutella.js';
import { loopbackAddress } from '../dist/simulate/loopback-addresses.js';
import { simulate } from '../dist/simulate/loopback-simulation.js';

const { values } = parseArgs({
  options: {
    peers: { type: 'string', default: '1031475' },
    contacts: { type: 'string', default: '60000' },
    role: { type: 'string' },
  },
});
const contacts = Number(values.contacts);
const CONCURRENCY = 128;

if (values.role === 'overlay') await serveOverlay();
else if (values.role === 'bare') await serveConstant();
else await compare();

async function serveOverlay() {
  const begin = performance.now();
  const simulation = await simulate({
    ...simulationArguments('february-2005', { peers: values.peers }),
    overlay: gnutella,
    port: 0,
    startedAt: Date.now(),
    monotonic: () => performance.now(),
  });
  const superpeers = simulation.generated.topology.columns.roles.lastIndexOf('superpeer') + 1;
  const port = Number(simulation.bootstrap.split(':')[1]);
  report({ port, superpeers, ready: performance.now() - begin });
}

/** The least that a Node server can do for a handshake: wait for the blank line, send, wait for the end. */
async function serveConstant() {
  const answer = Buffer.alloc(900, 'x').fill('\r\n\r\n', 896);
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.end());
    socket.on('data', () => socket.write(answer));
  });
  await new Promise((resolve) => server.listen({ port: 0, host: '0.0.0.0', backlog: 4096 }, resolve));
  report({ port: server.address().port, superpeers: 158_345, ready: 0 });
}

function report(ready) {
  process.on('message', () => {
    process.send({ cpu: process.cpuUsage(), memory: process.memoryUsage().rss });
  });
  process.send(ready);
}

async function compare() {
  const results = [];
  for (const role of ['bare', 'overlay', 'bare', 'overlay']) results.push({ role, ...(await measure(role)) });
  for (const { role, ready, seconds, cpu, memory } of results) {
    console.log(
      `${role.padEnd(8)} ready ${(ready / 1000).toFixed(1)} s, ${Math.round(contacts / seconds)} contacts/s, ` +
        `${((1e6 * cpu) / contacts).toFixed(1)} us of processor a contact: ${Math.round(contacts / cpu)}/s a core, ${Math.round(memory / 2 ** 20)} MiB`,
    );
  }
}

async function measure(role) {
  const child = fork(new URL(import.meta.url), ['--role', role, '--peers', values.peers]);
  const { port, superpeers, ready } = await message(child);
  await contactAll(Math.min(contacts, 5_000), port, superpeers);
  const before = await ask(child);
  const begin = performance.now();
  await contactAll(contacts, port, superpeers);
  const seconds = (performance.now() - begin) / 1000;
  const after = await ask(child);
  child.kill();
  const cpu = (after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system) / 1e6;
  return { ready, seconds, cpu, memory: after.memory };
}

function ask(child) {
  child.send('usage');
  return message(child);
}

function message(child) {
  return new Promise((resolve) => child.once('message', resolve));
}

/** Contacts superpeers one after the other, some at the same time, and reads each answer to its blank line. */
function contactAll(count, port, superpeers) {
  const { opening } = gnutella.question.ask(loopbackAddress(0, port));
  return new Promise((resolve, reject) => {
    let begun = 0;
    let ended = 0;
    const next = () => {
      if (begun === count) return;
      const [host] = loopbackAddress((begun++ * 7919) % superpeers, port).split(':');
      const socket = connect({ host, port, noDelay: true }, () => socket.write(opening));
      socket.on('error', reject);
      socket.on('data', (bytes) => {
        if (bytes.subarray(-4).toString('latin1') !== '\r\n\r\n') return;
        socket.destroy();
        if (++ended === count) resolve();
        else next();
      });
    };
    for (let k = 0; k < CONCURRENCY; k++) next();
  });
}
