/** A host that does nothing but write lines. Arguments: folder, first number, how many. */
import { addLines } from '../../../native-host/evidence/log-file.ts';

const [folder = '', first = '0', count = '0'] = process.argv.slice(2);
for (let index = 0; index < Number(count); index++) {
  await addLines(folder, [{ n: Number(first) + index, pad: 'x'.repeat(380) }]);
}
