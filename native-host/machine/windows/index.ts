/** The real PC. */
import { uptime } from 'node:os';
import type { Machine } from '../machine.ts';
import { adapters, nameServers } from './adapters.ts';
import { createCredentials } from './credentials.ts';
import { detectProxyScript } from './detect-proxy-script.ts';
import { reportEvent } from './event-log.ts';
import { createFiles } from './files.ts';
import { foldersOf, stateFolderOf } from './folders.ts';
import { processes } from './processes.ts';
import { registry } from './registry.ts';
import { ownAddresses } from './socket-address.ts';
import { windowsRequest } from './win-http-request.ts';

export async function createWindowsMachine(): Promise<Machine> {
  const stateFolder = stateFolderOf(process.env);
  return {
    kind: 'windows',
    credentials: createCredentials(),
    registry,
    processes,
    folders: foldersOf(process.env),
    files: createFiles(stateFolder),
    stateFolder,
    windowsRequest,
    detectProxyScript,
    nameServers,
    addresses: async () => ownAddresses(),
    adapters,
    startedAt: async () => new Date(Date.now() - uptime() * 1000),
    reportEvent,
    route: async () => ({ kind: 'direct' }),
    signInWorks: async () => 'unknown',
  };
}
