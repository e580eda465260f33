/** The beginning of a native host in a few lines, as a script of CommonJS: how it says something, and how it hears. */
export const speaking = `const frame = (value) => {
  const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...value }));
  const head = Buffer.alloc(4);
  head.writeUInt32LE(body.length);
  return Buffer.concat([head, body]);
};
const send = (value) => process.stdout.write(frame(value));
const hear = (take) => {
  let read = Buffer.alloc(0);
  process.stdin.on('data', (chunk) => {
    read = Buffer.concat([read, chunk]);
    while (read.length >= 4 && read.length >= 4 + read.readUInt32LE()) {
      const message = JSON.parse(read.subarray(4, 4 + read.readUInt32LE()).toString());
      read = read.subarray(4 + read.readUInt32LE());
      take(message);
    }
  });
};
`;
