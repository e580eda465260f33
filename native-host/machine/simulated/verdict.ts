import type { SimulatedPc } from './schema.ts';

function causeIsThere(pc: SimulatedPc): boolean {
  switch (pc.signIn.cause) {
    case 'stale-credentials':
      return pc.credentials.some(({ stale }) => stale);
    case 'onedrive-state':
      return pc.oneDrive.stale;
    case 'elsewhere':
      return true;
  }
}

/** Whether sign-in works on a simulated PC: it does once the cause is gone. `code` is what it fails with. */
export function signInVerdict(pc: SimulatedPc): { works: boolean; code: string } {
  return { works: !causeIsThere(pc), code: pc.signIn.code };
}
