/** A second process: changes a simulated PC as often as it is told. Arguments: file, name, times. */
import { changeSimulatedPc } from '../../../../native-host/machine/simulated/index.ts';

const [file = '', name = '', times = '0'] = process.argv.slice(2);
for (let index = 0; index < Number(times); index++) {
  await changeSimulatedPc(file, (pc) => void pc.files.push(`${name} ${index}`));
  if (index === 0) process.send?.('begun');
}
process.disconnect?.();
