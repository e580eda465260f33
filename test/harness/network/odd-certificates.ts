/** Certificates with one thing about them as a test wants it. */
import { generate } from 'selfsigned';
import type { Certificates } from '../../stand-in/certificate.ts';

const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY);
const ec = { keyType: 'ec', algorithm: 'sha256' } as const;

export interface Oddity {
  hosts: readonly string[];
  /** Who signs; left out, the authority has a name and no organisation. */
  organisation?: string;
  /** From and until when, in days from now. */
  days?: [from: number, until: number];
  /** Signed by nobody but itself. */
  selfSigned?: boolean;
}

/** A certificate and its own authority. */
export async function oddCertificates({
  hosts,
  organisation,
  days: [from, until] = [-1, 30],
  selfSigned = false,
}: Oddity): Promise<Certificates> {
  const name = [{ name: 'commonName', value: 'An authority' }];
  if (organisation) name.push({ name: 'organizationName', value: organisation });
  const authority = await generate(name, {
    ...ec,
    notBeforeDate: inDays(-400),
    notAfterDate: inDays(400),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const leaf = await generate([{ name: 'commonName', value: hosts[0] ?? '' }], {
    ...ec,
    notBeforeDate: inDays(from),
    notAfterDate: inDays(until),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value }) as const) },
    ],
    ...(selfSigned ? {} : { ca: { key: authority.private, cert: authority.cert } }),
  });
  return { ca: authority.cert, cert: leaf.cert, key: leaf.private };
}
