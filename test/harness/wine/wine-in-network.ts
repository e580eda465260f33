/** Windows, as Wine has it, in a network of its own, with the CLI as it ships. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Finding, FindingSchema } from '../../../common/findings.ts';
import { type OwnNetwork, openOwnNetwork } from '../network/own-network.ts';
import { openWine, type Wine } from './wine.ts';

const ResultSchema = v.object({ findings: v.array(FindingSchema) });

export interface WineInNetwork extends AsyncDisposable {
  readonly wine: Wine;
  readonly network: OwnNetwork;
  /** What `check` finds by these checks. Fails when the CLI does, or ends in another way than it should. */
  look(only: string, timeout?: number): Promise<Finding[]>;
  /** Writes keys of the registry, each as a .reg file has it: its name in brackets, then its values. */
  set(...keys: string[]): Promise<void>;
  /** Makes Windows trust these authorities, as PEM. */
  trust(...authorities: string[]): Promise<void>;
}

export async function openWineInNetwork(): Promise<WineInNetwork> {
  const wine = await openWine();
  const network = await openOwnNetwork(wine.folder);
  const inside = (...command: string[]) => network.run(command, { env: wine.env, folder: wine.folder });
  // Wine's sockets are its server's, so that has to live in the network, too.
  for (const order of ['-k', '-w', '-p20']) await inside('wineserver', order);
  const scripts = ['native-host/main.ts', 'test/windows/inside/trust-them.ts'];
  const [cli = '', truster = ''] = await Promise.all(scripts.map(wine.bundle));

  return {
    wine,
    network,
    async look(only, timeout = 4) {
      const how = ['check', '--json', '--timeout', String(timeout), '--only', only];
      const { code, stdout, stderr } = await inside('wine', wine.node, wine.windowsPath(cli), ...how);
      // Wine tells of a program that crashed on its way out there.
      if (stderr !== '' || stdout === '') throw new Error(`the CLI ended with ${code}: ${stderr}`);
      const { findings } = v.parse(ResultSchema, JSON.parse(stdout));
      const expected = findings.some(({ level }) => level === 'fault') ? 1 : 0;
      if (code !== expected) throw new Error(`exit code ${code}, not ${expected}`);
      return findings;
    },
    async set(...keys) {
      const lines = ['Windows Registry Editor Version 5.00', ...keys, ''];
      await writeFile(join(wine.folder, 'set.reg'), lines.join('\r\n\r\n'));
      const { code, stderr } = await wine.run('reg', ['import', 'set.reg']);
      if (code !== 0) throw new Error(`reg import failed: ${stderr}`);
    },
    async trust(...authorities) {
      const bytes = authorities.map((pem) => pem.replaceAll(/-----[^-]+-----|\s/g, ''));
      const { code, stderr } = await wine.runNode(truster, bytes);
      if (code !== 0) throw new Error(stderr);
    },
    async [Symbol.asyncDispose]() {
      await wine[Symbol.asyncDispose]();
      await network[Symbol.asyncDispose]();
    },
  };
}
