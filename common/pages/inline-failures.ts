/**
 * Codes that a page may show beside its own fields and that are more than the person's slip: the account, a
 * policy, the device, the organization's servers, Microsoft's service, the network. A wrong password, an unknown name and every
 * step that belongs to signing in are missing on purpose: the page says those itself. A copy of those categories
 * of the catalogue, as the watcher is too small for all of it; a test compares the two.
 */
const codes =
  // account
  '50014 50015 50057 50105 54000 65001 65005 67002 80012 90008 90038 90043 90051 90084 90085 90094 90095 90099 ' +
  '500571 650052 650054 650056 650057 900382 900432 1000031 1000104 ' +
  // policy
  '50002 50005 50127 50131 53000 53001 53002 53003 53004 53008 53009 53010 53011 500021 500022 500212 500213 ' +
  '501311 530001 530002 530003 530004 530011 530032 530034 530035 ' +
  // device
  '17003 50099 50129 50155 50187 130004 130005 130006 130007 130008 135010 135011 240001 700003 ' +
  // federation
  '20001 20012 20033 40008 40009 40010 40015 50008 50107 50161 50166 50169 50170 50180 51006 80001 80002 80005 ' +
  '80007 80010 80013 80014 81004 81005 81006 81007 81008 81009 81011 90123 ' +
  // service
  '50000 50033 50087 50088 90006 90024 90033 90036 90055 90090 90091 90092 90093 230109 ' +
  // network
  '50192 90012 140000 500133 900001';

/** The same categories among the codes of login.live.com. */
const liveCodes = '8004786c 80041034 80041317 80043431 80045c06 80048163 8004789a 80048820 80048848 80048869';

export const inlineFailures: ReadonlySet<string> = new Set([
  ...codes.split(' ').map((code) => `AADSTS${code}`),
  ...liveCodes.split(' ').map((code) => `0x${code}`),
]);
