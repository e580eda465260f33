/** What Office remembers of accounts in the registry, as odd as the registry allows. */
import type { PcOrders } from '../../windows/inside/raw-pc.ts';

type Keys = NonNullable<PcOrders['keys']>;
type Values = Keys[number]['values'];

/** The Identity key of an Office. */
export const identityOf = (office: '16.0' | '15.0') =>
  `Software\\Microsoft\\Office\\${office}\\Common\\Identity`;

const [SZ, EXPAND_SZ, BINARY, DWORD, MULTI_SZ, QWORD] = [1, 2, 3, 4, 7, 11];
export const base64 = (text: string) => Buffer.from(text, 'utf16le').toString('base64');
const bytes = (...numbers: number[]) => Buffer.from(numbers).toString('base64');

/** A name with a character of each of Unicode's 17 planes. */
const planes = Array.from({ length: 17 }, (_, plane) => String.fromCodePoint(plane * 0x10000 + 0x1234)).join(
  '',
);

const oddValues: Values = [
  ['', SZ, base64('of no name\0')],
  [' ', SZ, base64('no NUL')],
  [planes, SZ, base64(`${planes}\0`)],
  ['half of a pair \ud83d', EXPAND_SZ, base64('%PATH%\0')],
  ['n'.repeat(16_383), MULTI_SZ, base64('one\0two\0\0')],
  ['\n\t/"%*?', BINARY, bytes()],
  ['short number', DWORD, bytes(1, 0)],
  ['quad', QWORD, bytes(1, 2, 3, 4, 5, 6, 7, 255)],
  ['odd string', SZ, bytes(0x41, 0, 0)],
  ['none', 0, bytes(1, 2, 3)],
  ['a type of nobody', 0x7fff_0001, bytes(0)],
  ['the last type', 0xffff_ffff, bytes(255)],
  ['large', BINARY, Buffer.alloc(300_000, 'token').toString('base64')],
];

/** Accounts in keys, in odd keys, and in loose values, beside a setting of the organisation. */
export function oddIdentity(): Keys {
  const office = identityOf('16.0').split('\\');
  const setting: Values[number] = ['EnableADAL', DWORD, bytes(1, 0, 0, 0)];
  return [
    {
      path: office,
      values: [setting, ['SignedOutADUser', SZ, base64('ada@contoso.example\0')], ...oddValues],
    },
    { path: [...office, 'Identities', 'ada_AD'], values: oddValues },
    { path: [...office, 'Identities', 'ada_AD', 'Empty'], values: [] },
    { path: [...office, 'Profiles', planes, 'k'.repeat(255), 'half \ude00'], values: oddValues },
    {
      path: [...office, 'deep', ...Array.from({ length: 60 }, (_, level) => `level ${level}`)],
      values: [['down', SZ, base64('there\0')]],
    },
    { path: [...identityOf('15.0').split('\\'), 'Identities', 'bo_LiveId'], values: oddValues },
  ];
}
