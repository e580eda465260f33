import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { expect, test } from 'vitest';
import { openWine } from '../harness/wine/wine.ts';

test('names the adapters that are up without the loopback, and knows when the PC started', async () => {
  await using wine = await openWine();
  const { code, stdout, stderr } = await wine.runNode(await wine.bundle('test/windows/inside/adapters.ts'));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { adapters, others, startedAt } = JSON.parse(stdout);
  expect(others.some(({ loopback }: { loopback: boolean }) => loopback)).toBe(true);
  const wayOut = execFileSync('ip', ['route', 'show', 'default'], { encoding: 'utf8' }).match(
    / dev (\S+)/,
  )?.[1];
  const names = adapters.map(({ name }: { name: string }) => name);
  for (const { name, loopback } of others)
    expect({ name, listed: names.includes(name) }).toEqual({ name, listed: !loopback });
  for (const adapter of adapters) {
    expect(adapter).toEqual({
      name: expect.stringMatching(/./),
      description: expect.any(String),
      vpn: expect.any(Boolean),
      defaultRoute: adapter.name === wayOut,
      // JSON leaves out what is not known.
      mtu: Number(await readFile(`/sys/class/net/${adapter.name}/mtu`, 'utf8')),
    });
  }
  expect(Math.abs(Date.parse(startedAt) - (Date.now() - uptime() * 1000))).toBeLessThan(10 * 60_000);
});
