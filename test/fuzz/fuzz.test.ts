/** A short run of all targets, the same each time, and the search itself. `npm run fuzz` goes on for as long as one likes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { supervise } from './supervise.ts';
import { asBase64, target } from './target.ts';
import { targets } from './targets.ts';

const SEED = 20261122;
const share: Record<string, number> = {
  frames: 3_000,
  rpc: 100,
  pages: 500,
  journals: 150,
  undo: 30,
  pcs: 250,
  endpoints: 200,
  policies: 150,
  manifests: 2_000,
  links: 3_000,
};

describe('whatever comes, what the target promises is true', () => {
  it.each(targets)('$name', async ({ name, run }) => {
    const runs = share[name] ?? 0;
    const { cases, kinds, failure } = await run({ seed: SEED, runs, folder: temporaryFolder() });
    expect(failure?.why, `--seed ${SEED}, input ${failure?.input}`).toBeUndefined();
    expect(cases).toBe(runs);
    // One that always ends the same way looks at nothing.
    expect(Object.keys(kinds).length).toBeGreaterThan(1);
  });
});

describe('a target that fails', () => {
  const failing = target({
    name: 'failing',
    batch: 1,
    input: fc.uint8Array(),
    judge: (bytes) => {
      if (bytes.includes(7)) throw new Error('a seven');
    },
  });

  it('tells the smallest input, by which it fails, and its seed finds the same again', async () => {
    const folder = temporaryFolder();
    const find = () => failing.run({ seed: 3, runs: 1_000, folder });
    const { failure } = await find();
    expect(failure).toMatchObject({ seed: 3, input: Buffer.of(7).toString('base64') });
    expect(failure?.why).toContain('a seven');
    expect((await find()).failure?.input).toBe(failure?.input);
  });

  it('tells each input before it is tried, when asked to', async () => {
    const told: string[] = [];
    await failing.run({ seed: 3, runs: 20, folder: temporaryFolder(), before: (input) => told.push(input) });
    expect(told.length).toBeGreaterThanOrEqual(20);
  });

  it('tells inputs that are no bytes as JSON, with the bytes in them as Base64', () => {
    const text = Buffer.from(asBase64({ cuts: [1], bytes: Buffer.of(7) }), 'base64').toString();
    expect(JSON.parse(text)).toEqual({ cuts: [1], bytes: { base64: 'Bw==' } });
  });
});

describe('a thread that fuzzes', () => {
  const endless = { seed: 1, runs: Number.POSITIVE_INFINITY, milliseconds: Number.POSITIVE_INFINITY };

  it('tells its cases and the memory that it keeps', async () => {
    const report = await supervise({ ...endless, target: 'links', runs: 25_000 });
    expect(report).toMatchObject({ cases: 25_000, growth: expect.any(Number) });
    expect(report.failure).toBeUndefined();
  });

  it('that does not come back from a batch is ended, and the input told at which it was', async () => {
    const { failure, growth } = await supervise({ ...endless, target: 'rpc' }, 300);
    expect(failure).toMatchObject({ why: 'no end within 0.3 seconds', input: expect.stringMatching(/./) });
    expect(growth).toBeNull();
  });

  it('that dies is told by the error of which it died', async () => {
    const { failure } = await supervise({ ...endless, target: 'nothing' });
    expect(failure?.why).toContain('There is no target nothing.');
  });
});
