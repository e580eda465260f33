/** Files of a simulated PC, and its quarantine. */
import { ProblemError } from '../../../common/problem.ts';
import type { Files } from '../machine.ts';
import type { Access } from './access.ts';
import { forget, kindOf, openOne, putBack, readText, setAside, survey } from './file-tree.ts';

/** A name of ours, never a path: the same as on Windows, where it becomes a file's name. */
function checkName(name: string): void {
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(name)) throw new ProblemError('internal', 'not a name of the quarantine');
}

/** Files over the way to a PC. */
export function simulatedFiles({ look, act }: Access): Files {
  return {
    kind: (path) => look('files.kind', path, (pc) => kindOf(pc, path)),
    async setAside(path, place) {
      checkName(place);
      return act('files.setAside', path, (pc) => setAside(pc, path, place));
    },
    async isAside(place) {
      checkName(place);
      return look('files.isAside', place, (pc) => pc.quarantine[place] !== undefined);
    },
    async putBack(place, path) {
      checkName(place);
      return act('files.putBack', path, (pc) => putBack(pc, place, path));
    },
    async forget(prefix) {
      checkName(prefix);
      return act('files.forget', prefix, (pc) => forget(pc, prefix));
    },
    survey: (folder, limit) => look('files.survey', folder, (pc) => survey(pc, folder, limit)),
    openOne: (folder) => look('files.openOne', folder, (pc) => openOne(pc, folder)),
    readText: (path, most) => look('files.readText', path, (pc) => readText(pc, path, most)),
  };
}
