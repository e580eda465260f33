/**
 * What a Linux browser starts as its native host: listens on loopback, starts the bridge in Wine, and passes
 * bytes between the browser and the bridge. Ends with either of them.
 * Arguments: the settings file that `installRelay` wrote, then what the browser gives a host.
 */
import { spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const [settingsFile = '', ...browserArguments] = process.argv.slice(2);
const { env, bridge, host, log } = JSON.parse(readFileSync(settingsFile, 'utf8'));

/** Chromium adds it on Windows. */
const extra = browserArguments[0]?.startsWith('chrome-extension://') ? ['--parent-window=0'] : [];

/** Settles when all that the host wrote is on its way to the browser. */
const drained = Promise.withResolvers();

const server = createServer({ allowHalfOpen: true }, (socket) => {
  server.close();
  socket.on('error', () => socket.destroy());
  socket.on('close', drained.resolve);
  socket.on('end', drained.resolve);
  process.stdout.on('error', () => socket.destroy());
  process.stdin.pipe(socket);
  socket.pipe(process.stdout, { end: false });
});

server.listen(0, '127.0.0.1', () => {
  const port = String(server.address().port);
  const errors = openSync(log, 'a');
  const command = [...bridge, port, ...host, ...browserArguments, ...extra];
  const wine = spawn('wine', command, {
    env: { ...process.env, ...env },
    stdio: ['ignore', errors, errors],
  });
  wine.on('error', () => process.exit(1));
  wine.on('exit', async (code) => {
    if (!server.listening) await drained.promise;
    process.stdout.write('', () => process.exit(code ?? 1));
  });
});
