/** The host as a browser starts it: by the extension's origin, speaking frames on its standard streams. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHROMIUM_ORIGIN, GECKO_EXTENSION_ID } from '../../../common/identity.ts';
import { samplePc } from '../../../native-host/machine/simulated/index.ts';
import { FrameClient, frameOf } from '../../harness/host/frame-client.ts';
import { startHost } from '../../harness/host/host-process.ts';
import { temporaryFolder } from '../../harness/temporary-folder.ts';
import { SAMPLE_STALE, targets, testPc } from '../../harness/test-pc.ts';

const failure = { code: 'AADSTS50173', category: 'local', time: '2026-11-22T12:00:00.000Z' };

function asBrowser(file: string, ...caller: string[]) {
  const callers = caller.length > 0 ? caller : [CHROMIUM_ORIGIN];
  const host = startHost(['--machine', `simulated:${file}`, ...callers]);
  return { ...host, client: new FrameClient(host.child.stdin, host.child.stdout) };
}

async function startPurge(client: FrameClient) {
  await client.hello();
  const { id, steps } = await client.ask('plan', { failure });
  const chosen = steps
    .filter(({ remedy }) => remedy === 'purge-credentials')
    .map(({ remedy, items }) => ({ remedy, items: items.map((item) => item.id) }));
  return client.ask('run.start', { planId: id, chosen });
}

describe('a browser', () => {
  it('hears frames and nothing else, and its host ends with 0 when the port closes', async () => {
    const { file } = await testPc();
    const { child, client, ended } = asBrowser(file);
    expect(await client.hello()).toMatchObject({ machine: 'simulated', run: null });
    await client.ask('check', { scope: 'all' });
    child.stdin.end();
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    // Every byte belonged to a frame, and every frame was JSON.
    expect(client.rest).toBe(0);
  });

  it.each([
    ['Chromium on Windows', [CHROMIUM_ORIGIN, '--parent-window=0']],
    ['Firefox', ['/usr/lib/mozilla/native-messaging-hosts/com.signin_rescue.host.json', GECKO_EXTENSION_ID]],
  ])('like %s is known by its arguments', async (_, args) => {
    const { file } = await testPc();
    const { child, client, ended } = asBrowser(file, ...args);
    expect(await client.hello()).toMatchObject({ machine: 'simulated' });
    child.stdin.end();
    expect((await ended).code).toBe(0);
  });

  it.each([
    ['Chromium', ['chrome-extension://aaaabbbbccccddddeeeeffffgggghhhh/']],
    ['Firefox', ['/usr/lib/mozilla/native-messaging-hosts/com.signin_rescue.host.json', 'evil@example.org']],
  ])('that comes for a stranger in %s is refused with 4 and hears nothing', async (_, args) => {
    const { file, read } = await testPc();
    const before = read();
    const { child, ended } = asBrowser(file, ...args);
    child.stdin.end(
      frameOf(
        JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'hello', params: { protocol: 1, version: '0.1.0' } }),
      ),
    );
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toContain('its own extension');
    expect(read()).toEqual(before);
  });

  it('is told why the machine cannot be read, by every hello, until it closes the port', async () => {
    const file = join(temporaryFolder(), 'pc.json');
    writeFileSync(file, '{"credentials":');
    const { child, client, ended } = asBrowser(file);
    const hello = { protocol: 1, version: '0.1.0' };
    expect(await client.refusal('hello', hello)).toBe('machine-unreadable');
    expect(await client.refusal('hello', hello)).toBe('machine-unreadable');
    expect(await client.refusal('plan', { failure })).toBe('unknown-method');
    child.stdin.end();
    expect((await ended).code).toBe(4);
    expect(client.rest).toBe(0);
  });

  it('that sends too much is told so, and its host ends', async () => {
    const { file } = await testPc();
    const { client, ended } = asBrowser(file);
    await client.hello();
    client.sendBytes(Buffer.alloc(4, 0xff));
    const answer = await client.until(({ id }) => id === null);
    expect(answer.error).toMatchObject({ message: 'message-too-large' });
    expect((await ended).code).toBe(0);
  });
});

describe('a host that is killed in mid-run', () => {
  it('takes the hosts that relay to it along, and the next one shows the run and finishes it', async () => {
    const { file, read } = await testPc({ ...samplePc(), paceMs: 400 });
    const first = asBrowser(file);
    const { id } = await startPurge(first.client);
    const relay = asBrowser(file);
    expect((await relay.client.hello()).run).toMatchObject({ id, status: 'running' });
    await relay.client.until(() => relay.client.runs().some(({ steps }) => (steps[0]?.done ?? 0) > 0));

    first.child.kill('SIGKILL');
    // Its port is still open: the browser must hear that there is nobody behind it.
    expect((await relay.ended).code).toBe(0);

    const next = asBrowser(file);
    expect((await next.client.hello()).run).toMatchObject({ id, status: 'interrupted', canUndo: true });
    await next.client.ask('run.finish', { runId: id });
    await next.client.answerVerify({ outcome: 'works' });
    expect(await next.client.told('fixed')).toMatchObject({ id, steps: [{ done: 3, total: 3 }] });
    expect(targets(read())).toEqual(targets(samplePc()).filter((target) => !SAMPLE_STALE.includes(target)));
  });
});
