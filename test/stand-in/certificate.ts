/** Certificates made at run time: nothing secret lies in the repository, and nothing expires there. */
import { generate } from 'selfsigned';

export interface Certificates {
  /** What a client must trust. */
  ca: string;
  cert: string;
  key: string;
}

const DAY = 86_400_000;
const common = {
  keyType: 'ec',
  algorithm: 'sha256',
  // A client's clock may run behind.
  notBeforeDate: new Date(Date.now() - DAY),
  notAfterDate: new Date(Date.now() + 30 * DAY),
} as const;

/** An authority of its own and a certificate for these host names, `localhost` and 127.0.0.1. */
export async function makeCertificates(hosts: readonly string[]): Promise<Certificates> {
  const authority = await generate([{ name: 'commonName', value: 'Signin Rescue stand-in authority' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const leaf = await generate([{ name: 'commonName', value: 'Signin Rescue stand-in' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...[...hosts, 'localhost'].map((value) => ({ type: 2, value }) as const),
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
    ca: { key: authority.private, cert: authority.cert },
  });
  return { ca: authority.cert, cert: leaf.cert, key: leaf.private };
}
