/**
 * AADSTS codes: what Microsoft Entra says when it refuses a sign-in. Meanings after
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes; codes missing there after the
 * official look-up, https://login.microsoftonline.com/error. The categories are our own judgement.
 */
import type { RemedyId } from '../remedies.ts';
import type { Entry } from './entry.ts';
import { helped } from './helps.ts';

const office = 'https://learn.microsoft.com/office/troubleshoot/activation/';
const sharepoint = 'https://learn.microsoft.com/sharepoint/troubleshoot/sync/';

/** What the browser keeps of the sign-in pages. */
const session: readonly RemedyId[] = ['clear-browser-session'];
/** A stored sign-in that no longer counts: in the browser, then in Windows, and only then set OneDrive back. */
const stored: readonly RemedyId[] = [...session, 'purge-credentials', 'reset-onedrive'];

export const aadsts: readonly Entry[] = [
  // Interruptions that belong to signing in. 50058 stands on every fresh sign-in page.
  { category: 'none', text: 'not-signed-in', codes: '50058' },
  // 70016: the device simply asks again. 1000002: "the bind completed successfully".
  {
    category: 'none',
    text: 'normal-step',
    codes: '50097 50125 50136 50140 50199 50201 50203 51005 70016 501314 1000002',
  },
  { category: 'none', text: 'browser-sso', codes: '50168' },

  // This PC or browser.
  { category: 'local', text: 'wrong-account', codes: '16000 16003 90072', remedies: stored },
  {
    category: 'local',
    text: 'wrong-account',
    codes: '50020',
    remedies: [...stored, 'clear-identity-cache'],
    identity: ['identity-key', 'oneauth'],
    documented: ['clear-identity-cache'],
    source: `${sharepoint}sign-into-onedrive-sync-app-error`,
  },
  {
    category: 'local',
    text: 'account-mix-up',
    codes: '16002 50143 50197 160021',
    remedies: stored,
  },
  { category: 'local', text: 'account-mix-up', codes: '16001 700005', remedies: session },
  // Choosing the other account is all there is to it.
  { category: 'local', text: 'account-mix-up', codes: '81012' },
  { category: 'local', text: 'account-type', codes: '500208', remedies: stored },
  // 90120: a request that was answered before, so the page is an old one.
  { ...helped('local', 'page-expired'), codes: '50089 54005 90056 90120 900561' },
  { category: 'local', text: 'password-changed', codes: '50132 50133 50173', remedies: stored },
  { category: 'local', text: 'grant-expired', codes: '50085 50139', remedies: stored },
  // 700083 is the token with which the PC itself signs in; the others may have been made from it.
  {
    category: 'local',
    text: 'grant-expired',
    codes: '70008 700081 700082 700083',
    remedies: [...stored, 'refresh-device-token'],
  },
  // A web app's own token, and a delegation token (90086: "is expired", so no matter for an administrator):
  // neither is kept by Windows.
  { category: 'local', text: 'grant-expired', codes: '90086 700084' },
  { category: 'local', text: 'grant-invalid', codes: '50013 50027 70000 140001', remedies: stored },
  { category: 'local', text: 'reauth-due', codes: '70043 70044 70046', remedies: stored },
  { ...helped('local', 'loop'), codes: '50196 1000474' },
  { ...helped('local', 'cookies'), codes: '90007 90015 501571' },
  {
    category: 'local',
    text: 'request-refused',
    codes: '9002313',
    remedies: ['purge-credentials'],
    documented: ['purge-credentials'],
    source: `${office}aadsts9002313-invalid-request`,
  },
  { ...helped('local', 'sign-out'), codes: '50061 50068 50070 50071' },
  { category: 'local', text: 'windows-sign-on', codes: '81010 81014', remedies: ['purge-kerberos'] },

  // The way between this PC and Microsoft.
  { ...helped('network', 'cdn-blocked'), codes: '900001' },
  { ...helped('network', 'timed-out'), codes: '90012' },
  { ...helped('network', 'clock'), codes: '140000 500133' },
  { ...helped('network', 'certificate-missing'), codes: '50192' },

  // The person signing in.
  // 120000 is the current password mistyped while changing it.
  { category: 'user', text: 'wrong-password', codes: '50056 50064 50126 120000' },
  // 90101: not in the form of an address. 90125: "make sure you entered the user name correctly".
  { category: 'user', text: 'account-not-found', codes: '50034 51004 90101 90125' },
  { category: 'user', text: 'password-expired', codes: '50055 50144' },
  { category: 'user', text: 'locked', codes: '50053' },
  { category: 'user', text: 'mfa-setup', codes: '50072 50079' },
  { category: 'user', text: 'mfa-needed', codes: '50074 50076 50078 500121' },
  { category: 'user', text: 'password-risk', codes: '50135' },
  // 1000000: the sign-in with the other provider "hasn't happened yet".
  { category: 'user', text: 'extra-challenge', codes: '50158 1000000' },
  // 70018, 70019, 90119: the code for signing in on another device was mistyped, too old, or left empty.
  { category: 'user', text: 'code-wrong', codes: '50182 70018 70019 90119 130504 135019' },
  // 90126: the organisation cannot be told from the user name.
  {
    category: 'user',
    text: 'organisation-unknown',
    codes: '50049 50059 50128 51001 90002 90019 90126',
  },
  { category: 'user', text: 'new-password', codes: '120002 120003 120004 120018' },
  { category: 'user', text: 'password-change', codes: '120005 120008 120011 120016 120020 120021' },
  // "Have the user retry the sign-in and consent": theirs to change, unlike a missing consent.
  { category: 'user', text: 'consent-declined', codes: '65004' },
  { category: 'user', text: 'sign-in-needed', codes: '700020 9002341' },

  // The device's standing in the organisation.
  { category: 'device', text: 'device-not-recognised', codes: '50099 50129 50155 50187' },
  { category: 'device', text: 'device-disabled', codes: '130007 135011' },
  { category: 'device', text: 'device-deleted', codes: '130008 700003' },
  { category: 'device', text: 'device-registration', codes: '240001' },
  { category: 'device', text: 'hello-key', codes: '17003 130004 130005 130006 135010' },

  // What an administrator has decided.
  { category: 'policy', text: 'device-not-managed', codes: '53000 53001 530002 530003' },
  { category: 'policy', text: 'app-not-approved', codes: '50127 53002 53009' },
  { category: 'policy', text: 'blocked-by-policy', codes: '50005 50131 53003 530032 530035' },
  { category: 'policy', text: 'browser-not-supported', codes: '53008 501311 530001 530011' },
  { category: 'policy', text: 'risk', codes: '53004 53011 530034' },
  { category: 'policy', text: 'setup-place', codes: '53010' },
  { category: 'policy', text: 'cross-tenant', codes: '500212 500213 530004' },
  // Tenant restrictions: the proxy does what an administrator told it to, so there is no fault to look for.
  { category: 'policy', text: 'tenant-restriction', codes: '50002 500021 500022' },

  // Accounts, licences, consent: an administrator's to change.
  { category: 'account', text: 'account-disabled', codes: '50057 500571' },
  { category: 'account', text: 'app-closed', codes: '50105 90099 1000031' },
  // 52004: consent to LinkedIn is missing.
  {
    category: 'account',
    text: 'consent-missing',
    codes: '52004 65001 67002 90008 90094 90095',
  },
  { category: 'account', text: 'service-missing', codes: '65005 90085 650052 650054 650056 650057' },
  { category: 'account', text: 'guest', codes: '50014 90084' },
  { category: 'account', text: 'age-rule', codes: '50015 54000' },
  { category: 'account', text: 'other-cloud', codes: '90038 90043 90051 900382 900432 1000104' },
  // The directory's logon hours, not a fault of the agent that reports them.
  { category: 'account', text: 'outside-hours', codes: '80012' },
  // Trust in the certificates that people sign in with: "contact the tenant admin".
  { category: 'account', text: 'certificate-refused', codes: '50017 220501' },

  // The organisation's own servers.
  {
    category: 'federation',
    text: 'federation',
    codes:
      '20001 20012 20033 40008 40009 40010 40015 50008 50107 50161 50166 50169 50170 90081 90082 90087 90123 5000819',
  },
  {
    category: 'federation',
    text: 'windows-sign-on',
    codes: '50180 51006 81004 81005 81006 81007 81008 81009 81011',
  },
  { category: 'federation', text: 'password-agent', codes: '80001 80002 80005 80007 80010 80013 80014' },
  // The change has to happen in, or failed at, the organisation's own directory.
  { category: 'federation', text: 'password-change', codes: '120012 120013 120014 120015' },

  // Microsoft's side.
  {
    category: 'service',
    text: 'service-trouble',
    codes:
      '50000 50033 50086 50087 50088 70012 90006 90024 90033 90036 90055 90090 90091 90092 90093 230109 501621',
  },

  // The app and its registration.
  { category: 'app', text: 'reply-address', codes: '50011 70004 900971' },
  { category: 'app', text: 'app-missing', codes: '50001 70001 500011 700011 700016 7000112' },
  {
    category: 'app',
    text: 'app-setup',
    codes:
      '28002 28003 50003 50006 50007 50010 50012 50029 50032 50042 50043 50048 50050 50120 50124 50134 50146 50147 ' +
      '50177 50178 50194 51000 65002 67003 70003 70005 70006 70007 70011 75001 75003 75005 75008 75011 75016 76021 ' +
      '76026 90004 90005 90009 90010 90013 90014 90016 90020 90022 90023 90027 90100 90102 90107 90114 90117 90121 ' +
      '90124 90130 100007 165004 165900 220450 221000 240002 501241 501461 501481 501491 700022 700023 700025 700027 ' +
      '700030 700054 700229 750054 900144 900236 900384 901002 7000114 7000215 7000218 7000222 7500514 7500529 ' +
      '9001023 9002332',
  },

  // Wraps another code: in Windows' AAD log with 135011 a disabled device, with 50155 a deleted one.
  { category: 'unknown', text: 'see-inner', codes: '70002', vague: true },
];
