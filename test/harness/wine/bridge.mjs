/**
 * Runs in Wine: connects to the relay and is the host's parent, as the browser is on Windows.
 * Arguments: the relay's port, then the host's command.
 */
import { spawn } from 'node:child_process';
import { connect } from 'node:net';

/**
 * How long Chromium waits for a host after it closed the port, before it ends it.
 * https://source.chromium.org/chromium/chromium/src/+/main:base/process/kill_win.cc
 */
const GRACE = 2000;

const [port, program = '', ...args] = process.argv.slice(2);
const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
const host = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], windowsHide: true });

socket.pipe(host.stdin);
host.stdout.pipe(socket);
host.stdin.on('error', () => undefined);
host.stdout.on('error', () => undefined);

let portClosed = false;
function browserGone() {
  if (portClosed) return;
  portClosed = true;
  host.stdin.end();
  setTimeout(() => host.kill(), GRACE).unref();
}
socket.on('error', browserGone);
socket.on('end', browserGone);
socket.on('close', browserGone);

host.on('error', () => process.exit(1));
// `close`, not `exit`: by then all that the host wrote has been read.
host.on('close', (code) => {
  const leave = () => process.exit(code ?? 1);
  if (socket.destroyed) leave();
  socket.end(leave);
});
