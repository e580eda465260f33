import type { LaunchProps } from '@raycast/api';
import { open } from './helper';

/** The helper refuses what is no code. */
export default function explain({ arguments: { code } }: LaunchProps<{ arguments: { code: string } }>) {
  return open(`signin-rescue:explain/${code.trim()}`);
}
