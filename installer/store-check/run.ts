/** `npm run store-check`: Mozilla's own linter over the built extension. Fails at an error, and at a warning not known. */
import { join } from 'node:path';
import { execa } from 'execa';
import * as v from 'valibot';
import { repository } from '../package/windows-parts.ts';

const Message = v.looseObject({ code: v.string(), file: v.optional(v.nullable(v.string())) });
const ReportSchema = v.looseObject({
  errors: v.array(Message),
  warnings: v.array(Message),
  notices: v.array(Message),
});

const known = new Set([
  // Preact can set `innerHTML`, and is never asked to: biome's noDangerouslySetInnerHtml holds us to that.
  'UNSAFE_VAR_ASSIGNMENT',
  // There is no helper on Android, and so no extension for it.
  'KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION',
]);

const linter = join(import.meta.dirname, 'node_modules', 'addons-linter', 'bin', 'addons-linter');
const { stdout } = await execa(
  process.execPath,
  [linter, '--output', 'json', join(repository, 'dist', 'firefox')],
  { reject: false },
);
const { errors, warnings, notices } = v.parse(ReportSchema, JSON.parse(stdout));
const bad = [...errors, ...warnings.filter(({ code }) => !known.has(code))];
for (const { code, file } of bad) process.stderr.write(`${code} ${file ?? ''}\n`);
process.stdout.write(
  `addons-linter: ${errors.length} error(s), ${warnings.length} warning(s), ${notices.length} notice(s)\n`,
);
process.exitCode = bad.length === 0 ? 0 : 1;
