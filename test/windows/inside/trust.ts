/** Trusts the authorities that are given in Base64, as a person or a company would: in Windows' own store. */
import koffi from 'koffi';

/** https://learn.microsoft.com/en-us/windows/win32/api/wincrypt/nf-wincrypt-certaddencodedcertificatetosystemstorew */
const add: (store: string, certificate: Buffer, length: number) => boolean = koffi
  .load('crypt32.dll')
  .func('__stdcall', 'CertAddEncodedCertificateToSystemStoreW', 'bool', ['str16', 'void *', 'uint32']);

export function trust(authorities: readonly string[]): void {
  for (const authority of authorities) {
    const certificate = Buffer.from(authority, 'base64');
    if (!add('ROOT', certificate, certificate.length)) throw new Error('the store takes no certificate');
  }
}
