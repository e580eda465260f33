import { beforeEach, describe, expect, it, vi } from 'vitest';
import { uiState } from '../../fixtures/ui-states.ts';
import { polyfill, reset } from './fake-background.ts';

vi.mock('webextension-polyfill', () => polyfill());
vi.mock('../../../extension/background/banner-script.ts', () => ({ BANNER_SCRIPT: '' }));

let meanings: typeof import('../../../extension/background/meanings.ts');
let setExtension: typeof import('../../../common/failures/index.ts').setExtension;
beforeEach(async () => {
  vi.resetModules();
  reset(null);
  meanings = await import('../../../extension/background/meanings.ts');
  ({ setExtension } = await import('../../../common/failures/index.ts'));
});

describe('the meanings that go with a state', () => {
  it('are of all its codes, each once', () => {
    const state = { ...uiState('history'), explained: { text: 'x', codes: ['0x8004de40', 'AADSTS50173'] } };
    const codes = meanings.meaningsIn(state).map(({ code }) => code);
    const incidents = state.history?.incidents.map(({ failure }) => failure.code) ?? [];
    expect(codes).toEqual([...new Set(codes)]);
    expect(codes).toEqual(expect.arrayContaining(['AADSTS50173', '0x8004de40', ...incidents]));
  });

  it('are words, in the organisation’s where it has some', () => {
    expect(meanings.meaningOf('AADSTS50173')).toMatchObject({ category: 'local', repairable: true });
    expect(meanings.meaningOf('AADSTS50173').title).toContain('password');
    const words = { title: 'Ask Ada.', todo: 'Call 123.' };
    setExtension(new Map([['AADSTS50173', { category: 'policy', text: 'organisation', words }]]));
    expect(meanings.meaningOf('AADSTS50173')).toMatchObject({
      category: 'policy',
      repairable: false,
      ...words,
    });
  });

  it('lead to no page but those of the web', () => {
    setExtension(
      new Map([['AADSTS1', { category: 'user', text: 'unknown', source: 'javascript:alert(1)' }]]),
    );
    expect(meanings.meaningOf('AADSTS1').source).toBeNull();
  });

  it('never offer a repair for what only others can put right', () => {
    expect(meanings.canRepair({ code: 'AADSTS50173', category: 'policy', time: '' })).toBe(false);
    expect(meanings.canRepair({ code: 'AADSTS53003', category: 'policy', time: '' })).toBe(false);
    expect(meanings.canRepair({ code: 'AADSTS50173', category: 'local', time: '' })).toBe(true);
  });
});

describe('a text that is explained', () => {
  const explained = async (text: string) => {
    const { explain } = await import('../../../extension/background/explain.ts');
    const { recall } = await import('../../../extension/background/memory.ts');
    await explain(text);
    return (await recall()).explained;
  };

  it('gives its codes, the most telling first', async () => {
    const text = '0x8004de40, then AADSTS53003';
    expect(await explained(text)).toEqual({ text, codes: ['AADSTS53003', '0x8004de40'] });
  });

  it('may have none, and an empty one closes it', async () => {
    expect(await explained('hello')).toEqual({ text: 'hello', codes: [] });
    expect(await explained('')).toBeNull();
  });

  it('is cut, however long it is', async () => {
    const state = await explained(`AADSTS50173 ${'x'.repeat(100_000)}`);
    expect(state?.text).toHaveLength(5_000);
    expect(state?.codes).toEqual(['AADSTS50173']);
  });
});
