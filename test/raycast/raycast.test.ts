import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../raycast/package.json' with { type: 'json' };
import { parseList } from '../../raycast/src/list.ts';
import { cli } from '../harness/host/host-process.ts';
import { testPc } from '../harness/test-pc.ts';

describe('the Raycast extension', () => {
  it('reads what the helper lists', async () => {
    const { file } = await testPc();
    const { stdout } = await cli('list', '--json', '--machine', `simulated:${file}`);
    const listed = parseList(stdout);
    expect(listed.map(({ id }) => id)).toEqual(['fix', 'check', 'history', 'report', 'settings']);
    expect(listed[1]?.run).toEqual(['open', 'signin-rescue:check']);
  });

  it.each(['', '{}', '[]', '{"commands":[{"id":"fix"}]}', '{"commands":[{"run":["fix","--yes"]}]}'])(
    'takes nothing else for a list: %s',
    (output) => {
      expect(() => parseList(output)).toThrow();
    },
  );

  it('has a file for each of its commands, and its icon', () => {
    const folder = join(import.meta.dirname, '..', '..', 'raycast');
    for (const { name, mode } of manifest.commands)
      expect(existsSync(join(folder, 'src', `${name}.${mode === 'view' ? 'tsx' : 'ts'}`)), name).toBe(true);
    expect(existsSync(join(folder, 'assets', manifest.icon))).toBe(true);
  });
});
