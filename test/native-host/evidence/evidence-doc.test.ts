import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventKinds } from '../../../native-host/evidence/events.ts';
import { LOG_FILE, LOG_SIZE, OLD_LOG_FILE } from '../../../native-host/evidence/log-file.ts';
import { EVIDENCE_FORMAT, EvidenceSchema } from '../../../native-host/evidence/schema.ts';
import { LOG_FOLDER } from '../../../native-host/evidence/write.ts';
import { linesOf } from './evidence-pc.ts';

const docs = readFileSync('docs/EVIDENCE.md', 'utf8');
const section = (title: string) => docs.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

describe('docs/EVIDENCE.md', () => {
  it('lists every event with its id and level, and no other', () => {
    const rows = Array.from(
      section('Events').matchAll(/^\| (\d+) \| (\w+) \| (.+?) \|/gm),
      ([, id, level, which]) => {
        return `${id} ${level} ${which}`;
      },
    );
    const kinds = Object.entries(eventKinds).flatMap(([event, kind]) =>
      'id' in kind
        ? [`${kind.id} ${kind.level} \`${event}\``]
        : Object.entries(kind).map(
            ([outcome, { id, level }]) => `${id} ${level} \`${event}\`, \`${outcome}\``,
          ),
    );
    expect(rows).toEqual(kinds);
    for (const row of rows) expect(Number.parseInt(row, 10)).toBeLessThanOrEqual(1000);
  });

  it('tells of every field of every event', () => {
    const told = new Set(Array.from(section('Fields').matchAll(/`(\w+)`/g), ([, name]) => name));
    const fields = new Set(EvidenceSchema.options.flatMap(({ entries }) => Object.keys(entries)));
    const [step] = EvidenceSchema.options.flatMap(({ entries }) =>
      'steps' in entries && 'entries' in entries.steps.item ? [entries.steps.item.entries] : [],
    );
    const all = [...fields, ...Object.keys(step ?? {})];
    expect(all.length).toBeGreaterThan(25);
    expect(all.filter((name) => !told.has(name))).toEqual([]);
    expect(docs).toContain(`\`format\` | ${EVIDENCE_FORMAT}.`);
  });

  it('has examples that are lines of the log, of every event', () => {
    const [, examples = ''] = /```jsonl\n([\s\S]*?)```/.exec(docs) ?? [];
    const events = linesOf(examples).map(({ event }) => event);
    expect(events).toEqual(Object.keys(eventKinds));
  });

  it('says where the log is and how large it grows', () => {
    expect(docs).toContain(`\`%LOCALAPPDATA%\\Signin Rescue\\${LOG_FOLDER}\\${LOG_FILE}\``);
    expect(docs).toContain(`\`${OLD_LOG_FILE}\``);
    expect(docs).toContain(`(${LOG_SIZE.toLocaleString('en')} bytes)`);
  });
});
