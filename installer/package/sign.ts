/** Signs programs and MSIs with Authenticode, by osslsigncode. Without a certificate everything stays unsigned. */
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Product } from './product.ts';

export interface Certificate {
  /** A PKCS #12 file, and the name of the environment variable that has its password. */
  file: string;
  passwordFrom: string;
  /** An RFC 3161 server: with its time stamp a signature outlives its certificate. */
  timestamp: string | undefined;
}

/** Signs a file in place. Fails when osslsigncode does, and leaves the file as it was. */
export async function sign(path: string, { name }: Product, certificate: Certificate): Promise<void> {
  const password = process.env[certificate.passwordFrom];
  if (password === undefined) throw new Error(`there is no password in $${certificate.passwordFrom}`);
  const signed = `${path}.signed`;
  // On the command line every user of this system could read it.
  const folder = await mkdtemp(join(tmpdir(), 'signing-'));
  const secret = join(folder, 'password');
  const args = [
    ...['sign', '-pkcs12', certificate.file, '-readpass', secret, '-h', 'sha256', '-n', name],
    ...(certificate.timestamp ? ['-ts', certificate.timestamp] : []),
    ...['-in', path, '-out', signed],
  ];
  try {
    await writeFile(secret, password, { mode: 0o600 });
    await execa('osslsigncode', args);
    await rename(signed, path);
  } finally {
    await rm(folder, { recursive: true });
    await rm(signed, { force: true });
  }
}
