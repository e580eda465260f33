/** Simulated PCs by the browser that opens their web pages. */
import { samplePc } from '../../../native-host/machine/simulated/index.ts';
import type { PcInput } from '../../harness/test-pc.ts';

const CHOICE = 'Software\\Microsoft\\Windows\\Shell\\Associations\\UrlAssociations\\https\\UserChoice';

export interface ChosenBrowser {
  progId: string;
  /** As browsers register it. */
  command: string;
  exe: string;
  hive: 'HKCU' | 'HKLM';
}

export const EDGE: ChosenBrowser = {
  progId: 'MSEdgeHTM',
  command: '"C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe" --single-argument %1',
  exe: 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  hive: 'HKLM',
};

/** The sample without its default browser. */
export function pcWithout(): PcInput & ReturnType<typeof samplePc> {
  const pc = samplePc();
  delete pc.registry.HKCU[CHOICE];
  for (const key of Object.keys(pc.registry.HKLM))
    if (key.includes('MSEdgeHTM')) delete pc.registry.HKLM[key];
  return pc;
}

/** The sample with this default browser in place of its own, and its program among the files. */
export function pcWith({ progId, command, exe, hive }: ChosenBrowser): PcInput {
  const pc = pcWithout();
  pc.registry.HKCU[CHOICE] = { ProgId: { type: 'REG_SZ', value: progId } };
  pc.registry[hive][`Software\\Classes\\${progId}\\shell\\open\\command`] = {
    '': { type: 'REG_SZ', value: command },
  };
  return { ...pc, files: [...pc.files, exe] };
}
