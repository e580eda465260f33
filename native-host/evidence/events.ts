/**
 * The same evidence as events of Windows' log. Its message file is Windows' own EventCreate.exe, whose messages 1 to 1000
 * are the text alone (https://learn.microsoft.com/windows-server/administration/windows-commands/eventcreate), so each
 * event's text is its line. Ids keep their meaning for ever; docs/EVIDENCE.md lists them.
 */
import type { LogEvent } from '../machine/machine.ts';
import type { Evidence } from './schema.ts';

type Kind = Pick<LogEvent, 'id' | 'level'>;

const note = (id: number): Kind => ({ id, level: 'information' });
/** Worth a look: something did not end well. */
const warn = (id: number): Kind => ({ id, level: 'warning' });

export const eventKinds = {
  failure: note(100),
  plan: note(110),
  run: {
    fixed: note(200),
    'not-fixed': warn(201),
    failed: warn(202),
    'needs-user': note(210),
    'your-turn': note(211),
    unverified: note(212),
    cancelled: note(220),
    interrupted: warn(230),
  },
  undo: { whole: note(240), 'in-part': warn(241) },
  check: warn(300),
  refused: note(400),
} as const satisfies Record<Evidence['event'], unknown>;

function kindOf(line: Evidence): Kind {
  if (line.event === 'run') return eventKinds.run[line.outcome];
  if (line.event === 'undo') return eventKinds.undo[line.outcome];
  return eventKinds[line.event];
}

export function eventOf(line: Evidence): LogEvent {
  return { ...kindOf(line), text: JSON.stringify(line) };
}
