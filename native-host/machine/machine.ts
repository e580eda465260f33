/**
 * The PC as the rest of the host sees it. Two implementations: windows/ (the real one) and simulated/
 * (a JSON file). Methods fail with a ProblemError (`access-denied`, `disk-full`, `timed-out`, …) and
 * with nothing else on purpose. No secret leaves this interface except protected by DPAPI.
 */

/** Win32 CRED_TYPE_* values by name; only `generic` secrets are readable by their own user. */
export type CredentialType = 'generic' | 'domain-password' | 'other';

/** A stored credential without its secret. */
export interface CredentialEntry {
  /** TargetName as CredEnumerateW gives it. */
  target: string;
  type: CredentialType;
  user: string;
  /** ISO 8601; when the entry was last written. */
  lastWritten: string;
}

/** A whole credential whose secret is readable by this Windows user on this PC alone. Plain JSON. */
export interface ProtectedCredential {
  target: string;
  type: 'generic';
  user: string;
  comment: string;
  targetAlias: string;
  flags: number;
  /** CRED_PERSIST_*: 1 session, 2 local machine, 3 enterprise. */
  persist: number;
  attributes: { keyword: string; flags: number; value: string }[];
  lastWritten: string;
  /** Base64 of what CryptProtectData gave for the blob. */
  secret: string;
}

export interface Credentials {
  /** All entries of this user, in the order that Windows gives them. */
  list(): Promise<CredentialEntry[]>;
  /** Whether a generic entry of that name is there. */
  has(target: string): Promise<boolean>;
  /** A complete copy of a generic entry; undefined when it is no longer there. */
  protect(target: string): Promise<ProtectedCredential | undefined>;
  /** Whether a copy can be read back: decrypts it and forgets the result. */
  readable(copy: ProtectedCredential): Promise<boolean>;
  /** Writes a copy back, secret and all. Overwrites: ask `has` first. Fails with `backup-unreadable`. */
  restore(copy: ProtectedCredential): Promise<void>;
  /** Deletes a generic entry. False when it was not there. */
  remove(target: string): Promise<boolean>;
}

export type Hive = 'HKCU' | 'HKLM';
export type RegistryValue =
  | { type: 'REG_SZ' | 'REG_EXPAND_SZ'; value: string }
  | { type: 'REG_DWORD'; value: number }
  | { type: 'other'; value: null };

export interface Registry {
  /** A value, or undefined when key or value is not there. */
  read(hive: Hive, key: string, name: string): Promise<RegistryValue | undefined>;
  /** Names of the keys directly below; empty when the key is not there. */
  keys(hive: Hive, key: string): Promise<string[]>;
}

export interface ProcessInfo {
  pid: number;
  /** Image name as Windows shows it, `OneDrive.exe`. */
  image: string;
}

export interface Processes {
  /** Processes of this user's session with that image name, in any letter case. */
  running(image: string): Promise<ProcessInfo[]>;
  /**
   * Starts a program and waits for its end; gives its exit code. Past `timeout` (milliseconds) or when
   * `signal` aborts, it is ended with its children and the call fails with `timed-out` or `cancelled`.
   */
  run(
    exe: string,
    args: readonly string[],
    options: { timeout: number; signal: AbortSignal },
  ): Promise<number>;
  /** Starts a program and leaves it to itself; it outlives the host. */
  launch(exe: string, args: readonly string[]): Promise<void>;
  /** Opens a URL with the program that Windows has for its scheme. */
  open(url: string): Promise<void>;
}

export interface Folders {
  localAppData: string;
  programFiles: string;
  programFilesX86: string;
}

/** How a check reaches a host: as it is, by another address, or not at all on a simulated PC. */
export type Route =
  | { kind: 'direct' }
  | { kind: 'connect-to'; address: string; port: number; ca?: string }
  | { kind: 'simulated'; fault: 'none' | 'name-not-found' | 'connection-failed' | 'tls-failed' };

export interface Machine {
  readonly kind: 'windows' | 'simulated';
  readonly credentials: Credentials;
  readonly registry: Registry;
  readonly processes: Processes;
  readonly folders: Folders;
  /** Where the host keeps journals and backups of this machine and user. */
  readonly stateFolder: string;
  /** Whether a file is there. */
  exists(path: string): Promise<boolean>;
  /** How to reach a host name on port 443. */
  route(host: string): Promise<Route>;
  /** Whether sign-in works, where the machine itself can tell (the simulated one); else `unknown`. */
  signInWorks(): Promise<{ works: boolean; code: string } | 'unknown'>;
}
