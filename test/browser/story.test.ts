import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulatedHost } from '../harness/host/host-registration.ts';
import { type StandIn, startStandIn } from '../stand-in/index.ts';
import { tellStory } from '../story/story.ts';
import { makePc, type StoryPc } from '../story/story-pc.ts';

describe.each(['chromium', 'firefox'] as const)('the story in %s', (family) => {
  let pc: StoryPc;
  let standIn: StandIn;

  beforeAll(async () => {
    pc = await makePc();
    standIn = await startStandIn({ verdict: pc.verdict });
  });
  afterAll(async () => {
    await standIn.close();
    await pc.remove();
  });

  const tell = async (code: string) => {
    const lines: string[] = [];
    await pc.change((each) => {
      each.signIn.code = code;
    });
    const options = { family, standIn: standIn.port, host: simulatedHost(pc.file), code };
    return { ending: await tellStory({ ...options, tell: (line) => lines.push(line) }), lines };
  };

  it('hands a policy on and changes nothing', async () => {
    const before = pc.read().credentials;
    const { ending, lines } = await tell('AADSTS53003');
    expect(ending).toBe('not-repairable');
    expect(lines.join('\n')).toContain('AADSTS53003');
    expect(pc.read().credentials).toEqual(before);
  });

  it('repairs stale credentials, stops at the step that helped, and is signed in at the end', async () => {
    const { ending, lines } = await tell('AADSTS50173');
    expect(ending).toBe('signed-in');
    // The browser's session, which did not help; the entries, which did; OneDrive's reset, which was not needed.
    expect(lines.filter((line) => line.includes('step:'))).toHaveLength(3);
    expect(standIn.requests.some(({ path }) => path === '/logout.srf')).toBe(true);
    const { credentials, log } = pc.read();
    expect(credentials.filter(({ stale }) => stale)).toEqual([]);
    expect(credentials.map(({ target }) => target)).toContain('WindowsLive:target=virtualapp/didlogical');
    expect(log.some(({ operation }) => operation.startsWith('processes'))).toBe(false);
  });
});
