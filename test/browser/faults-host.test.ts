/** What may happen to the helper in mid-run: in real browsers, with the real host. The person sees what is true. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pressBanner } from '../harness/browser/banner.ts';
import { inMidRun, slowly, undoRestores } from '../harness/browser/mid-run.ts';
import { openOurWindow, press, windowAt } from '../harness/browser/our-window.ts';
import { inScene, type Scene } from '../harness/browser/scene.ts';
import { faultHost } from '../harness/host/fault-hosts.ts';
import { registerHost, simulatedHost } from '../harness/host/host-registration.ts';
import { newest, notingHost, starts } from '../harness/host/noting-host.ts';

/** The real host, noted down; gives the file of its starts. */
async function noted({ browser, pc }: Scene): Promise<string> {
  const file = join(browser.folder, 'starts');
  await registerHost(browser.family, browser.folder, notingHost(file, simulatedHost(pc.file)));
  return file;
}

describe.each(['chromium', 'firefox'] as const)('in mid-run, in %s,', (family) => {
  it('a host that is killed is followed by one that ends its run, and undo brings all back', async () => {
    await inScene(family, { pc: slowly, host: faultHost('dies') }, async (scene) => {
      const notes = await noted(scene);
      const { before } = await inMidRun(scene);
      const begun = starts(notes).length;
      process.kill(newest(notes), 'SIGKILL');
      await undoRestores(scene, await windowAt(scene.browser, 'fixed', 40_000), before);
      expect(starts(notes)).toHaveLength(begun + 1);
    });
  });
});

describe('in mid-run, in Chromium,', () => {
  it('a host that stands still and goes on again loses nothing', async () => {
    await inScene('chromium', { pc: slowly, host: faultHost('dies') }, async (scene) => {
      const notes = await noted(scene);
      const { before } = await inMidRun(scene);
      const pid = newest(notes);
      process.kill(pid, 'SIGSTOP');
      const left = scene.pc.read().credentials;
      // Who closes our window and opens it again sees the run where it stands.
      await (await windowAt(scene.browser, 'run')).close();
      await openOurWindow(scene.browser);
      await windowAt(scene.browser, 'run');
      expect(scene.pc.read().credentials).toEqual(left);
      process.kill(pid, 'SIGCONT');
      await undoRestores(scene, await windowAt(scene.browser, 'fixed'), before);
    });
  });

  it('a host that is exchanged for a newer one ends its run; the newer one says that the extension is to be updated', async () => {
    await inScene('chromium', { pc: slowly, host: faultHost('dies') }, async (scene) => {
      const { browser, pc } = scene;
      const notes = await noted(scene);
      const { before } = await inMidRun(scene);
      await registerHost('chromium', browser.folder, faultHost('newer'));
      process.kill(newest(notes), 'SIGKILL');
      await windowAt(browser, 'old-extension');
      expect(pc.read().credentials.length).toBeGreaterThan(0);
      // Whichever of the two is updated: the run waits in its journal.
      await registerHost('chromium', browser.folder, simulatedHost(pc.file));
      await press(await windowAt(browser, 'old-extension'), 'retry');
      await undoRestores(scene, await windowAt(browser, 'fixed', 40_000), before);
    });
  });

  it.each([
    ['ahead by three days', 3 * 86_400_000],
    ['back by a day', -86_400_000],
  ])('a clock that goes %s, as after a sleep, loses nothing', async (_, jump) => {
    await inScene('chromium', { pc: slowly, host: faultHost('dies') }, async (scene) => {
      const { browser, pc } = scene;
      const file = join(browser.folder, 'jump');
      await registerHost('chromium', browser.folder, jumpingHost(file, simulatedHost(pc.file)));
      const { before } = await inMidRun(scene);
      writeFileSync(file, String(jump));
      const ended = await windowAt(browser, 'fixed');
      await undoRestores(scene, ended, before);
      expect(existsSync(file)).toBe(true);
    });
  });

  it('a host that ends under the question for the undo is followed by one that is asked again, unseen', async () => {
    await inScene('chromium', { host: faultHost('dies') }, async ({ browser, pc, openOffice }) => {
      const ends = join(browser.folder, 'ended');
      await registerHost('chromium', browser.folder, endingUnder('run.undo', ends, simulatedHost(pc.file)));
      const before = pc.read();
      await pressBanner(browser, await openOffice(), 'open');
      await press(await windowAt(browser, 'plan'), 'start');
      const ended = await windowAt(browser, 'fixed');
      const stages = await ended.evaluateHandle(stagesFromNow);
      await undoRestores({ browser, pc }, ended, before);
      expect(existsSync(ends)).toBe(true);
      expect(await stages.jsonValue()).not.toContain('died');
    });
  });

  it('a pipe that carries a byte at a time is slow and no trouble', async () => {
    await inScene('chromium', { pc: slowly, host: faultHost('dies') }, async (scene) => {
      const { browser, pc } = scene;
      await registerHost('chromium', browser.folder, byteByByte(simulatedHost(pc.file)));
      const { before } = await inMidRun(scene);
      await undoRestores(scene, await windowAt(browser, 'fixed'), before);
    });
  });
});

/** The real host, whose clock jumps by what a file says as soon as it is there. */
function jumpingHost(file: string, [node = '', ...args]: readonly string[]): string[] {
  const preload = `import { existsSync, readFileSync } from 'node:fs';
    const Real = Date;
    const jump = () => (existsSync(${JSON.stringify(file)}) ? Number(readFileSync(${JSON.stringify(file)}, 'utf8')) : 0);
    globalThis.Date = class extends Real {
      constructor(...given) {
        if (given.length > 0) super(...given);
        else super(Real.now() + jump());
      }
      static now() {
        return Real.now() + jump();
      }
    };`;
  return [node, '--import', `data:text/javascript,${encodeURIComponent(preload)}`, ...args];
}

/** Carried out in our window: every view that it shows from now on. */
function stagesFromNow(): string[] {
  const stages: string[] = [];
  const note = () => stages.push(document.querySelector('main')?.dataset.stage ?? '');
  new MutationObserver(note).observe(document.body, { subtree: true, childList: true, attributes: true });
  return stages;
}

/** The real host behind a program that ends with it, once, when this is asked, and leaves a file that says so. */
function endingUnder(method: string, file: string, [node = '', ...args]: readonly string[]): string[] {
  const relay = `import { spawn } from 'node:child_process';
    import { existsSync, writeFileSync } from 'node:fs';
    const host = spawn(${JSON.stringify(node)}, process.argv.slice(1), { stdio: ['pipe', 'inherit', 'inherit'] });
    process.stdin.on('data', (chunk) => {
      if (chunk.includes('${method}') && !existsSync(${JSON.stringify(file)})) {
        writeFileSync(${JSON.stringify(file)}, '');
        host.kill('SIGKILL');
      } else host.stdin.write(chunk);
    });
    process.stdin.on('end', () => host.stdin.end());
    host.on('exit', (code) => process.exit(code ?? 1));`;
  return [node, '--input-type=module', '-e', relay, '--', ...args];
}

/** The real host behind a program that passes on one byte, and the next when that one is through. */
function byteByByte([node = '', ...args]: readonly string[]): string[] {
  const relay = `import { spawn } from 'node:child_process';
    const host = spawn(${JSON.stringify(node)}, process.argv.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
    const drip = async (from, to) => {
      for await (const chunk of from)
        for (const byte of chunk) await new Promise((through) => to.write(Buffer.of(byte), through));
      to.end();
    };
    void drip(process.stdin, host.stdin);
    void drip(host.stdout, process.stdout);
    host.on('exit', (code) => process.exit(code ?? 1));`;
  return [node, '--input-type=module', '-e', relay, '--', ...args];
}
