/** Builds the product as `npm run build` does, for the tests that need the real thing. */
import { join } from 'node:path';
import { execa } from 'execa';

export const root = join(import.meta.dirname, '..', '..');
export const hostScript = join(root, 'dist', 'host', 'signin-rescue.js');
export const extensionFolder = (browser: 'chromium' | 'firefox') => join(root, 'dist', browser);

/** Builds extension and host; fails with the build's own output. */
export async function build(): Promise<void> {
  await execa('npm', ['run', '--silent', 'build'], { cwd: root, all: true });
}
