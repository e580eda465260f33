/** Wine can set none of these attributes, so their reading is tried by itself. */
import { expect, test } from 'vitest';
import { type Sort, sortOf, toSurvey } from '../../native-host/machine/windows/cloud-files.ts';

const ARCHIVE = 0x20;
const PINNED = 0x8_0000;
const RECALL_ON_OPEN = 0x4_0000;
const RECALL_ON_DATA_ACCESS = 0x40_0000;
const REPARSE = 0x400;
const CLOUD_6 = 0x9000_601a;

test.each<[Sort, string, number, number]>([
  ['plain', 'new.docx', ARCHIVE, 0],
  ['plain', 'hidden.docx', ARCHIVE | 0x2, 0],
  ['plain', 'read only.docx', 0x21, 0],
  ['plain', 'the tag says nothing without its attribute', ARCHIVE, CLOUD_6],
  ['placeholder', 'IO_REPARSE_TAG_CLOUD', REPARSE | ARCHIVE, 0x9000_001a],
  ['placeholder', 'IO_REPARSE_TAG_CLOUD_6', REPARSE | ARCHIVE | PINNED, CLOUD_6],
  ['placeholder', 'IO_REPARSE_TAG_CLOUD_F', REPARSE | ARCHIVE, 0x9000_f01a],
  ['placeholder', 'IO_REPARSE_TAG_ONEDRIVE', REPARSE | ARCHIVE, 0x8000_0021],
  ['online-only', 'dehydrated', REPARSE | ARCHIVE | RECALL_ON_DATA_ACCESS | 0x1200, CLOUD_6],
  ['online-only', 'disguised as no reparse point', ARCHIVE | RECALL_ON_DATA_ACCESS, 0],
  ['online-only', 'virtual', RECALL_ON_OPEN, 0],
  ['online-only', 'offline', ARCHIVE | 0x1000, 0],
  ['other', 'IO_REPARSE_TAG_WOF', REPARSE | ARCHIVE, 0x8000_0017],
  ['other', 'IO_REPARSE_TAG_DEDUP', REPARSE | ARCHIVE, 0x8000_0013],
  ['never-synced', 'Desktop.INI', ARCHIVE | 0x6, 0],
  ['never-synced', 'desktop.ini', RECALL_ON_DATA_ACCESS, 0],
  ['never-synced', 'x.TMP', ARCHIVE, 0],
  ['never-synced', '~$letter.docx', ARCHIVE, 0],
  ['never-synced', '.lock', ARCHIVE, 0],
  ['never-synced', 'hidden system file', 0x6, 0],
  ['plain', 'desktop.ini.txt', ARCHIVE, 0],
  ['plain', 'x.tmp.docx', ARCHIVE, 0],
  ['plain', 'a~$b.docx', ARCHIVE, 0],
  ['folder', 'a folder', 0x10, 0],
  ['folder', 'x.tmp', 0x10, 0],
  ['folder', 'of OneDrive', 0x431, CLOUD_6],
  ['folder', 'pinned', 0x10 | REPARSE | PINNED, 0x9000_701a],
  ['cloud-folder', 'virtual', 0x10 | RECALL_ON_OPEN, CLOUD_6],
  ['cloud-folder', 'not filled in', 0x10 | REPARSE | RECALL_ON_DATA_ACCESS, CLOUD_6],
  ['link', 'IO_REPARSE_TAG_MOUNT_POINT', 0x10 | REPARSE, 0xa000_0003],
  ['link', 'IO_REPARSE_TAG_SYMLINK', 0x10 | REPARSE, 0xa000_000c],
  ['link', 'desktop.ini', REPARSE | ARCHIVE, 0xa000_000c],
  ['link', 'IO_REPARSE_TAG_LX_SYMLINK', REPARSE, 0xa000_001d],
  ['link', 'one of Wine', 0x10 | REPARSE, 0],
])('%s: %s', (sort, name, attributes, tag) => {
  expect(sortOf({ name, attributes, tag })).toBe(sort);
});

test('a plain file is not uploaded only where OneDrive holds others', () => {
  const rest: Sort[] = ['plain', 'plain', 'other', 'folder', 'link', 'never-synced'];
  expect(toSurvey(rest, true)).toEqual({ files: 3, onlineOnly: 0, notUploaded: 0, complete: true });
  expect(toSurvey(['placeholder', ...rest], true)).toEqual({
    files: 4,
    onlineOnly: 0,
    notUploaded: 2,
    complete: true,
  });
  expect(toSurvey(['online-only', 'cloud-folder', ...rest], false)).toEqual({
    files: 5,
    onlineOnly: 2,
    notUploaded: 2,
    complete: false,
  });
});

test('an empty folder has nothing', () => {
  expect(toSurvey([], true)).toEqual({ files: 0, onlineOnly: 0, notUploaded: 0, complete: true });
});
