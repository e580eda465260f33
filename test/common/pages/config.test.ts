import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../common/pages/config.ts';
import { noConfig } from './facts.ts';

const wanted = {
  pgid: 'ConvergedError',
  iErrorCode: 50105,
  strServiceExceptionMessage: 'AADSTS50105: not assigned',
  correlationId: '11111111-2222-3333-4444-555555555555',
  sessionId: '66666666-7777-8888-9999-aaaaaaaaaaaa',
  serverDetails: { dc: 'X', rt: '2026-11-22T10:20:30' },
};
const secrets = { sFT: 'flow-token', sCtx: 'context', canary: 'canary', apiCanary: 'api-canary' };
const read = {
  page: 'ConvergedError',
  errorCode: '50105',
  message: 'AADSTS50105: not assigned',
  errorText: null,
  correlationId: '11111111-2222-3333-4444-555555555555',
  requestId: '66666666-7777-8888-9999-aaaaaaaaaaaa',
  time: '2026-11-22T10:20:30',
};
const json = JSON.stringify({ ...secrets, ...wanted });

describe('readConfig', () => {
  it.each([
    ['as Microsoft writes it', `//<![CDATA[\n$Config=${json};\n//]]>`],
    ['on one line', `//<![CDATA[$Config=${json};//]]>`],
    ['with Windows line ends', `//<![CDATA[\r\n$Config=${json};\r\n//]]>`],
    ['as a variable', `var $Config = ${json};`],
    ['as a property', `window.$Config=${json}`],
    ['over many lines', `$Config =\n${JSON.stringify(wanted, null, 2)}\n;`],
    ['with more script around', `!function(){var a={"x":"}"}}();$Config=${json};var $Config2={};$Do.when()`],
    ['after a mention', `if($Config={bad}){}; $Config=${json};`],
    ['without its semicolon', `$Config=${json}`],
  ])('reads it %s', (_, script) => {
    expect(readConfig(script)).toEqual(read);
  });

  it.each([
    'a;b',
    '};',
    '}{',
    '\\',
    '\\"',
    '"',
    '"};$Config={"pgid":"Other"};',
    '\n//]]>',
    '</scr',
    '\u2028',
    '😀',
  ])('is not misled by a value %j', (value) => {
    const script = `$Config=${JSON.stringify({ before: value, nested: { deep: [value] }, ...wanted, [value]: 1 })};`;
    expect(readConfig(script)).toEqual(read);
  });

  it('is not misled by any value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.string(), (value, tail) => {
        expect(readConfig(`$Config=${JSON.stringify({ value, ...wanted })};${tail}`)).toEqual(read);
      }),
    );
  });

  it.each([
    ['keys without quotes', `var ServerData = {sFT:'flow-token',pgid:'ConvergedError', iErrorCode : 50105}`],
    ['single quotes', `ServerData={'pgid':'ConvergedError','a':'it\\'s; }','iErrorCode':'50105'};`],
    ['values of other kinds', `$Config={a:!0,b:[{},"]"],pgid:"ConvergedError",c:-1.5e3,"iErrorCode":50105}`],
    ['a regular expression before', `var r=/["'{]/g,q=1/2; $Config={pgid:"ConvergedError",iErrorCode:50105}`],
    ['an address before', `var u="https://x/'"; $Config={pgid:"ConvergedError",iErrorCode:50105}`],
    ['an empty one before', `$Config={}; $Config={pgid:"ConvergedError",iErrorCode:50105}`],
    [
      'a key given twice',
      `$Config={pgid:"ConvergedSignIn",iErrorCode:1,pgid:"ConvergedError",iErrorCode:50105}`,
    ],
    ['the same key deeper', `$Config={a:{pgid:"X",iErrorCode:50011},pgid:"ConvergedError",iErrorCode:50105}`],
    ['comments', `$Config={/* a } " */pgid:"ConvergedError", // it's {\n/* , */ "iErrorCode":50105}`],
    ['escapes', `$Config={"pgid":"Converged\\u0045rror","iErrorCode":"\\x35\\u0030105"}`],
  ])('reads %s', (_, script) => {
    expect(readConfig(script)).toMatchObject({ page: 'ConvergedError', errorCode: '50105' });
  });

  it('takes the codes of login.live.com, and what is told beside the fields', () => {
    const script = `var ServerData={sErrorCode:'80041034',sErrTxt:'It\\'s over'};`;
    expect(readConfig(script)).toMatchObject({ errorCode: '80041034', errorText: "It's over" });
  });

  it('takes numbers and strings alike, and sErrorCode where there is no other', () => {
    expect(readConfig('$Config={"iErrorCode":"50058"}')?.errorCode).toBe('50058');
    expect(readConfig('$Config={"sErrorCode":"50058"}')?.errorCode).toBe('50058');
    expect(readConfig('$Config={"iErrorCode":0,"sErrorCode":""}')?.errorCode).toBeNull();
    expect(readConfig('$Config={"iErrorCode":"<b>"}')?.errorCode).toBeNull();
  });

  it('leaves everything else unread, secrets above all', () => {
    const text = JSON.stringify(readConfig(`$Config=${json};`));
    for (const secret of Object.values(secrets)) expect(text).not.toContain(`"${secret}"`);
    expect(Object.keys(readConfig(`$Config=${json};`) ?? {})).toEqual(Object.keys(read));
  });

  it.each([
    ['nothing', ''],
    ['another variable', `$ConfigX=${json}; my$Config=${json}`],
    ['a comparison', `if ($Config == {}) {}`],
    ['an array', '$Config=[1]'],
    ['an object that is cut off', `$Config=${json.slice(0, -1)}`],
    ['a string that is cut off', '$Config={"a":"b'],
    ['an escape that is cut off', '$Config={"a":"b\\'],
    ['nothing that is looked for', '$Config={a:1}'],
    ['a string that holds it', `var a='$Config=${json}'; var b="$Config={pgid:1}";`],
    ['a string over an escaped end', `var a='it\\'s $Config={"pgid":"x"}';`],
    ['a template', `var a=\`$Config={"pgid":"x"}\`;`],
    ['a comment', `/* $Config=${json} */ // $Config=${json}`],
    ['too deep a nesting', `$Config=${'{"a":'.repeat(200)}1${'}'.repeat(200)}`],
    ['deep arrays that no parser likes', `$Config={"a":${'['.repeat(100_000)}`],
    ['too long a script', `$Config={"a":"${'x'.repeat(3_000_000)}"}`],
  ])('finds none in %s', (_, script) => {
    expect(readConfig(script)).toBeNull();
  });

  it('takes fields of the wrong kind for missing', () => {
    expect(readConfig('$Config={"pgid":{},"iErrorCode":[],"sessionId":true,"serverDetails":"x"}')).toEqual(
      noConfig,
    );
    expect(readConfig('$Config={"__proto__":{"pgid":"x"},"serverDetails":null}')).toEqual(noConfig);
  });

  it('cuts a message that has no end', () => {
    expect(
      readConfig(`$Config={"strServiceExceptionMessage":"${'x'.repeat(50_000)}"}`)?.message,
    ).toHaveLength(4000);
  });

  it.each(['$Config={', '$Config={"', '$Config={"\\', '{', '"', '\\'])(
    'gives up on endless %j in good time',
    (unit) => {
      // Anything worse than linear would take hours.
      expect(readConfig(`$Config=${unit.repeat(Math.floor(2_000_000 / unit.length))}`)).toBeNull();
    },
  );

  it('takes any text without failing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('$Config=', '{', '}', '"', '\\', ':', 'a', ' ') }),
        (text) => {
          readConfig(text);
        },
      ),
    );
  });
});
