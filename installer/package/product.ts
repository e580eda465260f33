/** What is packaged: names, version, and ids that are the same each time the same version is made. */
import { createHash } from 'node:crypto';

export interface Product {
  name: string;
  publisher: string;
  copyright: string;
  version: string;
}

/** The product in a version, such as 0.1.0. Fails for what Windows Installer cannot order. */
export function productOf(version: string): Product {
  quad(version);
  const publisher = 'Signin Rescue';
  return { name: 'Signin Rescue', publisher, copyright: `${publisher}. MIT licence.`, version };
}

/**
 * The four numbers of Windows' versions. Windows Installer orders by the first three, of which the first two are at most
 * 255 (https://learn.microsoft.com/windows/win32/msi/productversion).
 */
export function quad(version: string): [major: number, minor: number, patch: number, build: number] {
  const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,5})$/.exec(version);
  const [major = 0, minor = 0, patch = 0] = (found ?? []).slice(1).map(Number);
  if (!found || major > 255 || minor > 255 || patch > 65_535) {
    throw new Error(`${version} is no version that Windows Installer knows, such as 1.2.3`);
  }
  return [major, minor, patch, 0];
}

/** Of all ids below; made up once. */
const NAMESPACE = '7b1d7f0e-60b3-4f0c-9d5e-3b6f1c2a8e54';

/** An id of our own for a name, always the same: a version 5 UUID (RFC 9562, 5.5), in capitals as in an MSI. */
export function idOf(name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(NAMESPACE.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8(((bytes[6] ?? 0) & 0x0f) | 0x50, 6);
  bytes.writeUInt8(((bytes[8] ?? 0) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex').toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
