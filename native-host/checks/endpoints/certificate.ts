/** What a server's certificate tells, what is wrong with it, and whom we trust to vouch for one. */
import {
  createSecureContext,
  getCACertificates,
  type PeerCertificate,
  rootCertificates,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
import type { MeaningOf } from '../../../common/findings.ts';

export type CertificateProblem = Extract<MeaningOf<'endpoints'>, `certificate-${string}`>;

/** By Node's codes. https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const problems: Readonly<Record<string, CertificateProblem>> = {
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-not-yet-valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-wrong-name',
  HOSTNAME_MISMATCH: 'certificate-wrong-name',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate-unknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-unknown',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-unknown',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-unknown',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-unknown',
  CERT_UNTRUSTED: 'certificate-unknown',
  INVALID_CA: 'certificate-unknown',
  // An unknown authority under the name of one that is known.
  CERT_SIGNATURE_FAILURE: 'certificate-unknown',
};

/** What an error code says of the certificate; `tls-failed` where it is something rarer. */
export const certificateProblem = (code: string): CertificateProblem | 'tls-failed' =>
  problems[code] ?? 'tls-failed';

/** A wrong clock makes good certificates look so. */
export const isMatterOfTime = (problem: string) =>
  problem === 'certificate-expired' || problem === 'certificate-not-yet-valid';

export interface CertificateFacts {
  subject: string;
  /** Who signed it: the organisation, or else the name. */
  issuer: string;
  /** ISO 8601; empty when it cannot be read. */
  from: string;
  expires: string;
  /** Certificates up to and with the root, as far as the chain is known. */
  chain: number;
}

/** More than that is no chain. */
const LONGEST_CHAIN = 20;

/** What the server has shown, whether it is accepted or not; undefined when it has shown none. */
export function certificateFacts(tls: TLSSocket): CertificateFacts | undefined {
  const leaf = tls.getPeerCertificate(true);
  if (!leaf.raw) return undefined;
  const { subject, issuer } = leaf;
  return {
    subject: plainText(subject?.CN ?? subject?.O),
    issuer: plainText(issuer?.O ?? issuer?.CN),
    from: isoTime(leaf.valid_from),
    expires: isoTime(leaf.valid_to),
    chain: chainOf(leaf).size,
  };
}

/** The certificates with their issuers. A root is its own issuer. */
function chainOf(leaf: PeerCertificate & { issuerCertificate?: PeerCertificate }): Set<string> {
  const seen = new Set<string>();
  let each: typeof leaf | undefined = leaf;
  while (each?.fingerprint256 && !seen.has(each.fingerprint256) && seen.size < LONGEST_CHAIN) {
    seen.add(each.fingerprint256);
    each = each.issuerCertificate;
  }
  return seen;
}

/** Whoever made the certificate has written this: it may be a list, long, or made to move a terminal's cursor. */
const plainText = (text: unknown) =>
  String(text ?? '')
    .replace(/\p{C}/gu, '\uFFFD')
    .slice(0, 200);

function isoTime(text: string): string {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? '' : time.toISOString();
}

const trusts = new Map<string, SecureContext>();

/**
 * Whom to trust besides those that Node brings along: `extra` (PEM), and with `system` whom Windows trusts, such as
 * a company's own authority. Reading these takes some 50 ms on a quick PC, so only once and only where it matters.
 */
export function trusting(extra: readonly string[], system = false): SecureContext | undefined {
  if (extra.length === 0 && !system) return undefined;
  const key = `${system}${extra.join('')}`;
  const known = trusts.get(key);
  if (known) return known;
  const theirs = system ? getCACertificates('system') : [];
  const made = createSecureContext({ ca: [...rootCertificates, ...theirs, ...extra] });
  trusts.set(key, made);
  return made;
}
