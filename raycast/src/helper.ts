/** The helper's command line, the one door: it is asked for its list, and told to open one of its links. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { getPreferenceValues, showToast, Toast } from '@raycast/api';
import { type Listed, parseList } from './list';

const run = promisify(execFile);
/** Milliseconds; an antivirus may look at a first start for long. */
const TIMEOUT = 15_000;

/** Without a shell: what is given stays one argument. */
async function helper(...args: string[]): Promise<string> {
  const { helper: program = 'signin-rescue' } = getPreferenceValues<{ helper?: string }>();
  const { stdout } = await run(program, args, { timeout: TIMEOUT, windowsHide: true });
  return stdout;
}

/** What can be done now. */
export async function commands(): Promise<Listed[]> {
  return parseList(await helper('list', '--json'));
}

/** Opens a link in the browser; nothing is repaired by that. What stands in the way is shown. */
export async function open(link: string): Promise<void> {
  try {
    await helper('open', '--', link);
  } catch (error) {
    await tell(error);
  }
}

/** Says why the helper did not answer. */
export async function tell(error: unknown): Promise<void> {
  const { code, stderr, message } = Object(error);
  const missing = code === 'ENOENT';
  await showToast({
    style: Toast.Style.Failure,
    title: missing ? 'The helper of Signin Rescue was not found' : 'The helper could not do that',
    message: missing ? 'Install it, or name its program in the settings' : String(stderr || message),
  });
}
