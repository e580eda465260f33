/** Who signed a program, as Windows sees it: asked of this PC alone, never of the network. */
import { declare } from './native.ts';

/** `untrusted`: by somebody whom this PC does not trust; `broken`: the file is no longer what was signed. */
export type Signature = 'signed' | 'unsigned' | 'untrusted' | 'broken' | 'unknown';

/** WINTRUST_ACTION_GENERIC_VERIFY_V2, {00AAC56B-CD44-11D0-8CC2-00C04FC295EE}, as it lies in memory. */
const ACTION = Buffer.from('6bc5aa0044cdd0118cc200c04fc295ee', 'hex');
const NO_WINDOW = 0xffffffff_ffffffffn;
/** https://learn.microsoft.com/windows/win32/api/wintrust/ns-wintrust-wintrust_data */
const WTD = { UI_NONE: 2, CHOICE_FILE: 1, STATE_IGNORE: 0, CACHE_ONLY: 0x1000 };

/** https://learn.microsoft.com/windows/win32/seccrypto/authenticode-return-values, by what it means here. */
const ANSWERS = new Map<number, Signature>([
  [0, 'signed'],
  // TRUST_E_NOSIGNATURE, TRUST_E_SUBJECT_FORM_UNKNOWN, TRUST_E_PROVIDER_UNKNOWN
  [0x800b0100, 'unsigned'],
  [0x800b0003, 'unsigned'],
  [0x800b0001, 'unsigned'],
  // TRUST_E_BAD_DIGEST
  [0x80096010, 'broken'],
  // TRUST_E_EXPLICIT_DISTRUST, TRUST_E_SUBJECT_NOT_TRUSTED, CERT_E_CHAINING, CERT_E_UNTRUSTEDROOT, CERT_E_EXPIRED,
  // CERT_E_REVOKED
  [0x800b0111, 'untrusted'],
  [0x800b0004, 'untrusted'],
  [0x800b010a, 'untrusted'],
  [0x800b0109, 'untrusted'],
  [0x800b0101, 'untrusted'],
  [0x800b010c, 'untrusted'],
]);

interface FileInfo {
  cbStruct: number;
  pcwszFilePath: string;
  hFile: null;
  pgKnownSubject: null;
}

interface TrustData {
  cbStruct: number;
  pPolicyCallbackData: null;
  pSIPClientData: null;
  dwUIChoice: number;
  fdwRevocationChecks: number;
  dwUnionChoice: number;
  pFile: FileInfo;
  dwStateAction: number;
  hWVTStateData: null;
  pwszURLReference: null;
  dwProvFlags: number;
  dwUIContext: number;
  pSignatureSettings: null;
}

/** https://learn.microsoft.com/windows/win32/api/wintrust/nf-wintrust-winverifytrust */
const functions = declare((koffi) => {
  const file = koffi.struct({
    cbStruct: 'uint32',
    pcwszFilePath: 'str16',
    hFile: 'void *',
    pgKnownSubject: 'void *',
  });
  const data = koffi.struct({
    cbStruct: 'uint32',
    pPolicyCallbackData: 'void *',
    pSIPClientData: 'void *',
    dwUIChoice: 'uint32',
    fdwRevocationChecks: 'uint32',
    dwUnionChoice: 'uint32',
    pFile: koffi.pointer(file),
    dwStateAction: 'uint32',
    hWVTStateData: 'void *',
    pwszURLReference: 'void *',
    dwProvFlags: 'uint32',
    dwUIContext: 'uint32',
    pSignatureSettings: 'void *',
  });
  const verify: (window: bigint, action: Buffer, data: TrustData) => number = koffi
    .load('wintrust.dll')
    .func('__stdcall', 'WinVerifyTrust', 'int32', ['void *', 'void *', koffi.pointer(data)]);
  return { verify, sizes: { file: koffi.sizeof(file), data: koffi.sizeof(data) } };
});

/** How the program at a path is signed; `unknown` where Windows does not say. Never fails. */
export async function signature(path: string): Promise<Signature> {
  try {
    const { verify, sizes } = await functions();
    const trust: TrustData = {
      ...{ cbStruct: sizes.data, pPolicyCallbackData: null, pSIPClientData: null },
      ...{ dwUIChoice: WTD.UI_NONE, fdwRevocationChecks: 0, dwUnionChoice: WTD.CHOICE_FILE },
      pFile: { cbStruct: sizes.file, pcwszFilePath: path, hFile: null, pgKnownSubject: null },
      ...{ dwStateAction: WTD.STATE_IGNORE, hWVTStateData: null, pwszURLReference: null },
      ...{ dwProvFlags: WTD.CACHE_ONLY, dwUIContext: 0, pSignatureSettings: null },
    };
    const answer = verify(NO_WINDOW, ACTION, trust) >>> 0;
    return ANSWERS.get(answer) ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
