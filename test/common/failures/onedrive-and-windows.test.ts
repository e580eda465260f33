import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../../common/failures/index.ts';

describe('OneDrive and Windows codes', () => {
  const restart = 'restart-onedrive';
  const purge = 'purge-credentials';
  const clear = 'clear-identity-cache';
  const reset = 'reset-onedrive';
  const relink = 'relink-onedrive';
  const reinstall = 'reinstall-onedrive';
  const connecting = ['check-tls', 'check-ciphers', 'rejoin-device', reset];

  it.each<[code: string, category: string, documented: string[], others: string[]]>([
    ['0x8004de40', 'network', connecting, ['check-proxy', purge, relink]],
    ['0x8004de88', 'network', connecting, ['check-proxy', purge, relink]],
    ['0x8004de80', 'local', [relink, reinstall, clear], [purge, reset]],
    ['0x8004de86', 'local', [relink, reinstall, clear], [purge, reset]],
    ['0x8004de85', 'local', [reset], [purge, relink]],
    ['0x8004de8a', 'local', [reset], [purge, relink]],
    ['0x8004dec5', 'local', [clear, purge], [reset]],
    ['0x8004deef', 'account', [], []],
    ['0x8004def4', 'local', [reset, reinstall], [restart]],
    ['0x8004def7', 'account', [], []],
    ['0x8004e4d0', 'account', [], []],
    ['0x8004deb4', 'local', [], [restart, clear]],
    ['0x8004de90', 'local', [], [restart, reset]],
    ['0x8004de96', 'local', [], [clear, purge, reset]],
    ['0x8004def0', 'local', [], [clear, purge, reset]],
    ['0x8004ded2', 'account', [], []],
    ['0x8004ded7', 'local', [], [reinstall]],
    ['0x8004dedc', 'account', [], []],
    ['0x8004def1', 'local', [], [reinstall]],
    ['0x80040c81', 'network', [], ['check-proxy', reset]],
    ['0x80070194', 'local', [], [restart, reset]],
    ['0x8007016a', 'local', [reset], [restart, reinstall]],
    ['0x80070005', 'local', [reset, reinstall], []],
    ['0x80190001', 'network', [], ['check-proxy']],
    ['0x80048823', 'unknown', [], []],
    ['0x80048848', 'network', [], ['check-proxy']],
    ['0x80070520', 'local', [], [purge]],
    ['0x80090016', 'device', [], []],
    ['0xcaa50021', 'local', [purge], []],
    ['0xcaa5001c', 'local', [], []],
    ['0xcaa20003', 'local', [], ['refresh-device-token', purge, reset]],
    ['0xcaa70004', 'network', [], ['flush-dns', 'check-proxy']],
    ['0xcaa70007', 'network', [], ['check-proxy']],
    ['0xcaa70010', 'network', [], ['check-clock', 'check-proxy', 'contact-it']],
    ['0xcaa82ee7', 'network', [], ['flush-dns', 'check-proxy']],
    ['0xcaa82f05', 'network', [], ['check-clock']],
    ['0xcaa82f0d', 'network', [], ['check-clock', 'check-proxy', 'contact-it']],
    ['0x80072f8f', 'network', [], ['check-clock', 'check-tls', 'check-ciphers']],
    ['0xcaa30197', 'network', [], ['check-proxy']],
    ['0xcaa301f7', 'service', [], []],
  ])('%s is %s', (code, category, documented, others) => {
    const meaning = describeFailure(code);
    expect(meaning).toMatchObject({ code, category, documented });
    expect([...meaning.remedies].sort()).toEqual([...documented, ...others].sort());
  });

  it.each([
    ['0x8004de80', ['identity-key']],
    ['0x8004dec5', ['identity-key', 'oneauth']],
    ['0x8004de96', ['pre-sign-in']],
    ['0x8004def0', ['pre-sign-in']],
    ['0x8004deb4', ['unrecoverable-mark']],
  ])('%s says what of the remembered accounts is meant', (code, identity) => {
    expect(describeFailure(code)).toMatchObject({ identity });
  });

  it.each(['0x8004def5', '0x8004de44', '0x8004de25', '0x8004de34', '0x8004de9b', '0x8004deca', '0x8004de00'])(
    'never repairs for %s, which nobody documents',
    (code) => {
      expect(describeFailure(code)).toMatchObject({
        category: 'unknown',
        remedies: [],
        title: 'failure_family',
      });
    },
  );

  it.each([
    ['0xcaa70004', 'network', 'failure_no_connection'],
    ['0xcaa70007', 'network', 'failure_no_connection'],
    ['0xcaa7000a', 'network', 'failure_timed_out'],
    ['0xcaa7000d', 'network', 'failure_tls'],
    ['0xcaa70010', 'network', 'failure_tls'],
    ['0xcaa80000', 'network', 'failure_no_connection'],
    ['0xcaa82ee2', 'network', 'failure_timed_out'],
    ['0xcaa82ee7', 'network', 'failure_no_connection'],
    ['0xcaa82efd', 'network', 'failure_no_connection'],
    ['0xcaa82f05', 'network', 'failure_clock'],
    ['0xcaa82f0d', 'network', 'failure_tls'],
    ['0xcaa30194', 'network', 'failure_wrong_answer'],
    ['0xcaa30197', 'network', 'failure_proxy_login'],
    ['0xcaa301aa', 'network', 'failure_wrong_answer'],
    ['0xcaa301f7', 'service', 'failure_service_trouble'],
    ['0xcaa301f8', 'network', 'failure_timed_out'],
    ['0xcaa20003', 'local', 'failure_grant_invalid'],
    ['0xcaa20004', 'policy', 'failure_blocked_by_policy'],
    ['0xcaa2000b', 'account', 'failure_service_missing'],
    ['0xcaa2000c', 'user', 'failure_sign_in_needed'],
    ['0xcaa90014', 'federation', 'failure_federation'],
    ['0xcaa9002b', 'federation', 'failure_federation'],
    ['0xcaa5001c', 'local', 'failure_windows_account'],
    ['0xcaa60001', 'unknown', 'failure_family'],
    ['0xcaaf0123', 'unknown', 'failure_family'],
  ])('decodes %s by the rule', (code, category, title) => {
    expect(describeFailure(code)).toMatchObject({ category, title });
    expect(describeFailure(code).source).toMatch(/^https:/);
  });

  it.each([
    ['0x80072ee2', 'network', 'failure_timed_out'],
    ['0x80072ee7', 'network', 'failure_no_connection'],
    ['0x80072f05', 'network', 'failure_clock'],
    ['0x80072f8f', 'network', 'failure_tls'],
    ['0x80070102', 'network', 'failure_timed_out'],
    ['0xcaa82ef1', 'none', 'failure_cancelled'],
    ['0x80280023', 'device', 'failure_tpm'],
    ['0x80290412', 'device', 'failure_tpm'],
    ['0xc0290001', 'device', 'failure_tpm'],
    ['0x80090030', 'device', 'failure_tpm'],
    ['0x80070520', 'local', 'failure_windows_account'],
    ['0x80048821', 'user', 'failure_wrong_password'],
    ['0x80048824', 'user', 'failure_locked'],
    ['0x80048848', 'network', 'failure_no_connection'],
    ['0x800488ff', 'unknown', 'failure_family'],
    ['0x8004786c', 'account', 'failure_user_name_mismatch'],
    ['0x80041034', 'account', 'failure_user_name_mismatch'],
    ['0x80048163', 'account', 'failure_user_name_mismatch'],
    ['0x80041317', 'federation', 'failure_federation'],
    ['0x80043431', 'federation', 'failure_federation'],
    ['0x8004789a', 'federation', 'failure_federation'],
    ['0x87654321', 'unknown', 'failure_unknown'],
  ])('reads %s of Windows and of login.live.com', (code, category, title) => {
    expect(describeFailure(code)).toMatchObject({ code, category, title });
    expect(describeFailure(code).source).toMatch(/^https:/);
  });

  it('tells a customer directory of a website from Microsoft 365', () => {
    expect(describeFailure('AADB2C90118')).toMatchObject({ category: 'app', remedies: [] });
  });
});
