/** Files of a simulated PC as its file holds them: those in their place, and those in the quarantine. */
import * as v from 'valibot';
import { Count } from './schema-parts.ts';

export const FileFactsSchema = v.strictObject({
  path: v.string(),
  /** A folder with nothing in it; others are there by what is below them. */
  folder: v.exactOptional(v.literal(true)),
  size: v.exactOptional(Count),
  text: v.exactOptional(v.string()),
  onlineOnly: v.exactOptional(v.boolean()),
  notUploaded: v.exactOptional(v.boolean()),
  inUse: v.exactOptional(v.boolean()),
  refused: v.exactOptional(v.boolean()),
  link: v.exactOptional(v.boolean()),
});

const FileSchema = v.union([v.string(), FileFactsSchema], 'Neither a path nor a file with its `path`');

export const FilesSchema = v.array(FileSchema);

/** What was moved to the quarantine: where from, and what it is made of, with paths as seen from there. */
const AsideSchema = v.strictObject({ from: v.string(), files: FilesSchema });

export const QuarantineSchema = v.record(v.string(), AsideSchema);

export type FileFacts = v.InferOutput<typeof FileFactsSchema>;
export type SimulatedFile = v.InferOutput<typeof FileSchema>;
