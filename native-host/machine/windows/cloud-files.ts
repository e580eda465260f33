/** What an entry of a folder is, judged by its name, attributes and reparse tag alone: it is never opened. */
import type { Survey } from '../machine.ts';

export interface Entry {
  name: string;
  /** FILE_ATTRIBUTE_*. https://learn.microsoft.com/en-us/windows/win32/fileio/file-attribute-constants */
  attributes: number;
  /** IO_REPARSE_TAG_*; anything where there is no reparse point. https://learn.microsoft.com/en-us/windows/win32/fileio/reparse-point-tags */
  tag: number;
}

/**
 * `link`: leads elsewhere and is never followed. `cloud-folder`: what is in it is not on this PC, and looking
 * would fetch it. `placeholder`: in OneDrive's hands and wholly on this PC. `plain`: not in OneDrive's hands.
 * `other`: a file of which neither can be said. `never-synced`: one that OneDrive leaves alone.
 */
export type Sort =
  | 'link'
  | 'folder'
  | 'cloud-folder'
  | 'online-only'
  | 'placeholder'
  | 'plain'
  | 'other'
  | 'never-synced';

const HIDDEN = 0x2;
const SYSTEM = 0x4;
const DIRECTORY = 0x10;
const REPARSE_POINT = 0x400;
const OFFLINE = 0x1000;
const RECALL_ON_OPEN = 0x4_0000;
const RECALL_ON_DATA_ACCESS = 0x40_0000;

/** The tag's N bit: stands for another named thing. https://learn.microsoft.com/en-us/windows/win32/api/winnt/nf-winnt-isreparsetagnamesurrogate */
const NAME_SURROGATE = 0x2000_0000;
/** IO_REPARSE_TAG_CLOUD to IO_REPARSE_TAG_CLOUD_F differ in one digit; IO_REPARSE_TAG_ONEDRIVE is of old. */
const CLOUD = 0x9000_001a;
const CLOUD_DIGIT = 0xf000;
const ONEDRIVE = 0x8000_0021;

/** https://support.microsoft.com/office/64883a5d-228e-48f5-b3d2-eb39e07630fa (names that are not synced) */
const neverSynced = /^(desktop\.ini|\.lock|~\$.*|.*\.tmp)$/i;

const has = (attributes: number, ...flags: number[]) => flags.some((flag) => (attributes & flag) !== 0);

export function isFolder({ attributes }: Entry): boolean {
  return has(attributes, DIRECTORY);
}

/** A symbolic link, junction or mount point. Wine gives its links the tag 0, which nothing else has. */
export function isLink({ attributes, tag }: Entry): boolean {
  return has(attributes, REPARSE_POINT) && (tag === 0 || has(tag, NAME_SURROGATE));
}

function isCloudTag(tag: number): boolean {
  return (tag & ~CLOUD_DIGIT) >>> 0 === CLOUD || tag === ONEDRIVE;
}

export function sortOf(entry: Entry): Sort {
  const { name, attributes, tag } = entry;
  if (isLink(entry)) return 'link';
  if (isFolder(entry)) {
    return has(attributes, RECALL_ON_OPEN, RECALL_ON_DATA_ACCESS) ? 'cloud-folder' : 'folder';
  }
  if (neverSynced.test(name) || (has(attributes, HIDDEN) && has(attributes, SYSTEM))) return 'never-synced';
  if (has(attributes, RECALL_ON_OPEN, RECALL_ON_DATA_ACCESS, OFFLINE)) return 'online-only';
  if (!has(attributes, REPARSE_POINT)) return 'plain';
  return isCloudTag(tag) ? 'placeholder' : 'other';
}

/**
 * Where nothing at all is in OneDrive's hands, Files On-Demand is off and a plain file says nothing. A folder whose
 * contents are in the cloud only counts as one file, since it is not looked into.
 */
export function toSurvey(sorts: readonly Sort[], complete: boolean): Survey {
  const count = (...wanted: Sort[]) => sorts.filter((sort) => wanted.includes(sort)).length;
  const onlineOnly = count('online-only', 'cloud-folder');
  const onDemand = onlineOnly + count('placeholder') > 0;
  return {
    files: onlineOnly + count('placeholder', 'plain', 'other'),
    onlineOnly,
    notUploaded: onDemand ? count('plain') : 0,
    complete,
  };
}
