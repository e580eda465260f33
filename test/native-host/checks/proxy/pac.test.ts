import type { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { evaluatePac, type PacQuestion } from '../../../../native-host/checks/proxy/pac.ts';

const HOST = 'login.microsoftonline.com';
const names: Record<string, string[]> = { 'in.example': ['10.9.9.9'], 'six.example': ['2001:db8::9'] };

function ask(script: string, more: Partial<PacQuestion> = {}) {
  return evaluatePac({
    script,
    hosts: [HOST],
    addresses: ['2001:db8::5', '10.1.2.3'],
    lookUp: async (host) => names[host] ?? [],
    startTimeout: 60_000,
    timeout: 60_000,
    signal: new AbortController().signal,
    ...more,
  });
}

const functions = [
  ["dnsResolve('in.example')", '10.9.9.9'],
  ["dnsResolve('no.example')", 'null'],
  ["dnsResolveEx('six.example')", '2001:db8::9'],
  ["isResolvable('in.example') && !isResolvable('no.example')", 'true'],
  ["isResolvable('six.example')", 'false'],
  ["isResolvableEx('six.example')", 'true'],
  ["isInNet('in.example', '10.0.0.0', '255.0.0.0')", 'true'],
  ["isInNet('in.example', '192.168.0.0', '255.255.0.0')", 'false'],
  ["isInNet('no.example', '0.0.0.0', '0.0.0.0')", 'false'],
  ["isInNet('200.1.1.1', '200.0.0.0', '255.0.0.0')", 'true'],
  ["isInNetEx('2001:db8::1', '2001:db8::/32')", 'true'],
  ["isInNetEx('10.9.9.9', '10.0.0.0/nonsense')", 'false'],
  ['myIpAddress()', '10.1.2.3'],
  ['myIpAddressEx()', '2001:db8::5;10.1.2.3'],
  ["['no.example'].some(function (name) { return isResolvable(name) })", 'false'],
  ["dnsDomainIs('a.contoso.example', '.contoso.example')", 'true'],
  ["isPlainHostName('a.b')", 'false'],
  ['typeof process + typeof require + typeof fetch', 'undefinedundefinedundefined'],
] as const;

describe('to a proxy script', () => {
  let answers: Awaited<ReturnType<typeof ask>>;
  beforeAll(async () => {
    const each = functions.map(([expression]) => `function () { return ${expression} }`);
    const script = `function FindProxyForURL(url, host) { return String([${each}][parseInt(host)].call()) }`;
    answers = await ask(script, { hosts: functions.map((_, index) => `${index}.microsoftonline.com`) });
  });

  it.each(functions.map(([expression, result], index) => [expression, result, index] as const))(
    '%s is %s',
    (_, result, index) => expect(answers).toMatchObject({ ways: { [index]: result } }),
  );
});

describe('a proxy script', () => {
  it('is asked for each host, as Windows asks: without the path', async () => {
    const script = `function FindProxyForURL(url, host) {
      return shExpMatch(host, '*.microsoftonline.com') ? 'PROXY a:1; DIRECT' : 'PROXY ' + url; }`;
    const hosts = [HOST, 'admin.onedrive.com'];
    expect(await ask(script, { hosts })).toEqual({
      end: 'answered',
      ways: ['PROXY a:1; DIRECT', 'PROXY https://admin.onedrive.com/'],
    });
  });

  it('of the newer kind is asked, where both are there', async () => {
    const script =
      "function FindProxyForURL() { return 'old' } function FindProxyForURLEx() { return 'new' } // end";
    expect(await ask(script)).toEqual({ end: 'answered', ways: ['new'] });
  });

  it('writes nothing to the host’s output, which is the browser’s port', async () => {
    const written = vi.spyOn(process.stdout, 'write');
    expect(await ask("function FindProxyForURL() { alert('hello'); return 'DIRECT' }")).toMatchObject({
      end: 'answered',
    });
    expect(written.mock.calls.map(([text]) => String(text)).join('')).not.toContain('hello');
  });

  it('that answers nothing means no proxy', async () => {
    expect(await ask('function FindProxyForURL() {}')).toEqual({ end: 'answered', ways: [''] });
  });

  it.each([
    ['is a web page', '<html><body>Sign in to the Wi-Fi</body></html>', /Unexpected token/],
    ['is empty', '', /FindProxyForURL/],
    ['throws', "function FindProxyForURL() { throw new Error('no luck') }", /no luck/],
    ['wants what a browser has', 'function FindProxyForURL() { return window.proxy }', /window/],
    ['answers a number', 'function FindProxyForURL() { return 5 }', /answer-no-text/],
    ['answers a novel', "function FindProxyForURL() { return Array(9999).join('x') }", /answer-too-long/],
    ['calls itself for ever', 'function FindProxyForURL() { return FindProxyForURL() }', /stack|memory/],
    ['takes all memory', "function FindProxyForURL() { return 'x'.repeat(1e8) }", /out of memory/],
    ['is nested too deep', '('.repeat(500_000), /stack/],
  ])('that %s is broken', async (_, script, error) => {
    expect(await ask(script)).toEqual({ end: 'broken', error: expect.stringMatching(error) });
  });

  it.each([
    ['when it is asked', 'function FindProxyForURL() { while (true) {} }'],
    ['when it is read', 'while (true) {}'],
    ['in a pattern', `function FindProxyForURL() { return /(a+)+$/.test('${'a'.repeat(60)}b') }`],
  ])('that never ends %s is slow, and ended', async (_, script) => {
    const started = new Promise<Worker>((resolve) => process.once('worker', resolve));
    expect(await ask(script, { timeout: 500 })).toEqual({ end: 'slow' });
    // As Node has it of a thread that has ended.
    expect((await started).threadId).toBe(-1);
  });

  it('that waits for a name for ever is slow', async () => {
    const lookUp = () => new Promise<never>(() => undefined);
    const script = "function FindProxyForURL() { return dnsResolve('in.example') }";
    expect(await ask(script, { lookUp, timeout: 500 })).toEqual({ end: 'slow' });
  });

  it('is not blamed where its thread does not start in time', async () => {
    expect(await ask('while (true) {}', { startTimeout: 0 })).toEqual({ end: 'not-started' });
  });

  it('is left when the check is cancelled', async () => {
    const cancel = new AbortController();
    const lookUp = async () => {
      cancel.abort();
      return [];
    };
    const script = "function FindProxyForURL() { dnsResolve('in.example'); while (true) {} }";
    await expect(ask(script, { lookUp, timeout: 600_000, signal: cancel.signal })).rejects.toThrow(
      'cancelled',
    );
  });
});
