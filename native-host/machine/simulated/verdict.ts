import { win32 } from 'node:path';
import { kindOf } from './file-tree.ts';
import { keysBelow } from './registry-keys.ts';
import type { SimulatedPc } from './schema.ts';

const IDENTITY = 'Software\\Microsoft\\Office\\16.0\\Common\\Identity';

function identitiesAreKept(pc: SimulatedPc): boolean {
  const oneAuth = win32.join(pc.folders.localAppData, 'Microsoft', 'OneAuth');
  return keysBelow(pc.registry.HKCU, IDENTITY).length > 0 || kindOf(pc, oneAuth) !== 'none';
}

function causeIsThere(pc: SimulatedPc): boolean {
  switch (pc.signIn.cause) {
    case 'none':
      return false;
    case 'stale-credentials':
      return pc.credentials.some(({ stale }) => stale);
    case 'onedrive-state':
      return pc.oneDrive.stale;
    case 'identity-cache':
      return identitiesAreKept(pc);
    case 'vpn':
      return pc.adapters.some(({ vpn }) => vpn);
    default:
      // Nothing to see on the PC: the cause is there until what removes it has been done.
      return true;
  }
}

/** Whether sign-in works on a simulated PC: it does once the cause is gone. `code` is what it fails with. */
export function signInVerdict(pc: SimulatedPc): { works: boolean; code: string } {
  return { works: !causeIsThere(pc), code: pc.signIn.code };
}
