import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { judgePage } from '../../../native-host/pages/judge-page.ts';
import { readPage } from '../../../native-host/pages/read-page.ts';
import { corpusFolder } from '../../corpus/read.ts';
import { ids, user } from '../../corpus/shell.ts';
import { cli, documentOf } from '../../harness/host/host-process.ts';
import { temporaryFolder } from '../../harness/temporary-folder.ts';

const url = 'https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize';
const page = (file: string) => join(corpusFolder, file);
const failed = page('failing/error-50173-en-worldwide-rendered.html');

describe('explain --page', () => {
  it('says what a saved page says, with what IT asks for, and nothing of the person', async () => {
    const ended = await cli('explain', '--page', failed, '--url', url, '--json');
    expect(ended.code).toBe(0);
    expect(documentOf(ended, v.unknown())).toEqual({
      failure: {
        code: 'AADSTS50173',
        category: 'local',
        title: expect.any(String),
        explanation: expect.any(String),
        whoCanFix: expect.any(String),
        remedies: expect.arrayContaining(['purge-credentials']),
        documented: false,
        source: expect.stringContaining('https://'),
        details: expect.objectContaining({
          page: 'ConvergedError',
          correlationId: ids.correlationId,
          requestId: ids.requestId,
          time: `${ids.time}.000Z`,
        }),
      },
      others: [],
    });
    expect(ended.stdout).not.toMatch(new RegExp(`SECRET|${user}`));
  });

  it('says it in words, too', async () => {
    const { code, stdout, stderr } = await cli('explain', '--page', failed, '--url', url);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const part of ['AADSTS50173', ids.correlationId, 'ConvergedError']) expect(stdout).toContain(part);
  });

  it('gives no code to a page that has none', async () => {
    const ended = await cli(
      'explain',
      '--page',
      page('failing/no-code-error-en.html'),
      '--url',
      url,
      '--json',
    );
    expect(documentOf(ended, v.unknown())).toMatchObject({
      failure: { code: null, category: 'unknown', remedies: [], details: { page: 'ConvergedError' } },
    });
  });

  it.each([
    ['a healthy page', page('healthy/sign-in-en-worldwide-served.html'), url],
    ['the same page of somebody else', failed, 'https://login.microsoftonline.com.evil.example/'],
  ])('%s: nothing, and exit 0', async (_, file, from) => {
    const [plain, json] = await Promise.all([
      cli('explain', '--page', file, '--url', from),
      cli('explain', '--json', '--page', file, '--url', from),
    ]);
    expect(plain.code).toBe(0);
    expect(plain.stdout).not.toBe('');
    expect(documentOf(json, v.unknown())).toEqual({ failure: null, others: [] });
  });

  it.each([
    ['no address', ['--page', failed]],
    ['no page', ['--url', url]],
    ['what is no address', ['--page', failed, '--url', 'there']],
    ['a file that is not there', ['--page', `${failed}.gone`, '--url', url]],
    ['a folder', ['--page', corpusFolder, '--url', url]],
    ['a text beside it', ['AADSTS50173', '--page', failed, '--url', url]],
  ])('%s: exit 2, and why', async (_, args) => {
    const ended = await cli('explain', ...args);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).not.toBe('');
  });
});

describe('readPage', () => {
  const text = '<meta charset="x"><p>Größe 大きさ</p>';
  it.each([
    ['UTF-8', Buffer.from('<p>大きさ</p>')],
    ['UTF-8 with its mark', Buffer.from('\ufeff<p>大きさ</p>')],
    ['UTF-16', Buffer.from('\ufeff<p>大きさ</p>', 'utf16le')],
    ['UTF-16, the other way round', Buffer.from('\ufeff<p>大きさ</p>', 'utf16le').swap16()],
    ['an unknown encoding', Buffer.from(`${text}`)],
    [
      'what the page says',
      Buffer.concat([
        Buffer.from('<meta charset="shift_jis"><p>'),
        Buffer.from([0x91, 0xe5]),
        Buffer.from('</p>'),
      ]),
    ],
  ])('understands %s', async (_, bytes) => {
    const file = join(temporaryFolder(), 'page.html');
    writeFileSync(file, bytes);
    expect(await readPage(file)).toMatch(/<p>.*大.*<\/p>/);
  });
});

describe('judgePage', () => {
  const error = '<div id="exceptionMessageContainer">AADSTS50105: x</div>';
  it.each([
    ['nothing', ''],
    ['no HTML', '\u0000\uffff{]'],
    ['very deep nesting', `${'<div>'.repeat(50_000)}${error}`],
    ['very many tables that are not closed', `${'<table>'.repeat(5000)}`],
    ['very many elements', `<meta name="PageID" content="ConvergedError">${'<b>x</b>'.repeat(200_000)}`],
    [
      'very many rules',
      `<style>${'.a .b{display:none}'.repeat(50_000)}</style>${'<p class=b>x</p>'.repeat(2000)}${error}`,
    ],
  ])('takes %s without failing', (_, html) => {
    const code = judgePage(html, url)?.code ?? null;
    expect(code).toBe(html.includes(error) ? 'AADSTS50105' : null);
  });
});
