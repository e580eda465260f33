/** A certificate that many have vouched for, one for the other. */
import { generate } from 'selfsigned';
import type { Certificates } from '../../stand-in/certificate.ts';

const ec = { keyType: 'ec', algorithm: 'sha256' } as const;
const authority = [
  { name: 'basicConstraints', cA: true, critical: true },
  { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
] as const;

/** `cert` has the leaf and all authorities below the root. */
export async function longChain(host: string, authorities: number): Promise<Certificates> {
  const root = await generate([{ name: 'commonName', value: 'Authority 0' }], {
    ...ec,
    extensions: [...authority],
  });
  const chain: string[] = [];
  let signer = { key: root.private, cert: root.cert };
  for (let number = 1; number < authorities; number += 1) {
    const name = [{ name: 'commonName', value: `Authority ${number}` }];
    const made = await generate(name, { ...ec, extensions: [...authority], ca: signer });
    chain.unshift(made.cert);
    signer = { key: made.private, cert: made.cert };
  }
  const names = { name: 'subjectAltName', altNames: [{ type: 2, value: host }] } as const;
  const leaf = await generate([{ name: 'commonName', value: host }], {
    ...ec,
    extensions: [{ ...names, altNames: [...names.altNames] }],
    ca: signer,
  });
  return { ca: root.cert, cert: [leaf.cert, ...chain].join('\n'), key: leaf.private };
}
