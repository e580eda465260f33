/**
 * The PC as the rest of the host sees it. Two implementations: windows/ (the real one) and simulated/
 * (a JSON file). Methods fail with a ProblemError (`access-denied`, `disk-full`, `timed-out`, …) and
 * with nothing else on purpose. No secret leaves this interface except protected by DPAPI.
 */
import type { MeaningOf } from '../../common/findings.ts';

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
  /** Whether the entry of that name is what the copy holds, secret and all; false when it is not there. */
  same(copy: ProtectedCredential): Promise<boolean>;
  /** Writes a copy back, secret and all. Overwrites: ask `has` first. Fails with `backup-unreadable`. */
  restore(copy: ProtectedCredential): Promise<void>;
  /** Deletes a generic entry. False when it was not there. */
  remove(target: string): Promise<boolean>;
}

export type Hive = 'HKCU' | 'HKLM';

/** A value to read and judge. */
export type RegistryValue =
  | { type: 'REG_SZ' | 'REG_EXPAND_SZ'; value: string }
  | { type: 'REG_DWORD'; value: number }
  /** Base64. */
  | { type: 'REG_BINARY'; value: string }
  | { type: 'other'; value: null };

/** A value exactly as it is stored, of whatever type: a REG_* number and Base64 of its bytes. */
export interface StoredValue {
  /** Empty for a key's default value. */
  name: string;
  type: number;
  data: string;
}

/** A key with all that is below it. */
export interface StoredKey {
  /** Its own name, without the path. */
  name: string;
  values: StoredValue[];
  keys: StoredKey[];
}

/** What is written or removed is in HKCU always: nothing here needs, or has, more rights than the person. */
export interface Registry {
  /** A value, or undefined when key or value is not there. */
  read(hive: Hive, key: string, name: string): Promise<RegistryValue | undefined>;
  /** Names of the keys directly below; empty when the key is not there. */
  keys(hive: Hive, key: string): Promise<string[]>;
  /** Names of a key's values, its default value's being empty; none when the key is not there. */
  values(hive: Hive, key: string): Promise<string[]>;
  /** A complete copy; undefined when the key is not there. */
  copyKey(key: string): Promise<StoredKey | undefined>;
  /** Writes a copy back, making keys as needed. What is there besides stays. */
  writeKey(key: string, copy: StoredKey): Promise<void>;
  /** Removes a key with all that is below it; killed in the middle it may be gone in part. False when it was not there. */
  removeKey(key: string): Promise<boolean>;
  /** A value as it is stored; undefined when it is not there. */
  copyValue(key: string, name: string): Promise<StoredValue | undefined>;
  writeValue(key: string, value: StoredValue): Promise<void>;
  /** False when it was not there. */
  removeValue(key: string, name: string): Promise<boolean>;
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
   * Runs a program of Windows as `run` does, and gives what it wrote to its standard output: at most `most` bytes,
   * decoded as the console's. Fails as `run` does, and with `internal` when there is more.
   */
  output(
    exe: string,
    args: readonly string[],
    options: { timeout: number; signal: AbortSignal; most: number },
  ): Promise<string>;
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
  /**
   * Asks the windows of all programs of that image name to close, as a person would: they may ask to save. True
   * when none runs any more within `timeout` milliseconds; never ends one by force.
   */
  close(image: string, options: { timeout: number; signal: AbortSignal }): Promise<boolean>;
}

/** How a folder that OneDrive keeps stands, as far as can be told without reading a file. */
export interface Survey {
  files: number;
  /** In the cloud only: opening one would download it. */
  onlineOnly: number;
  /** Not yet taken over by OneDrive, so most likely not uploaded. */
  notUploaded: number;
  /** False when the limit came before the end. */
  complete: boolean;
}

export interface Files {
  /** What is at a path; a `link` is any symbolic link, junction or mount point and is never followed. */
  kind(path: string): Promise<'file' | 'folder' | 'link' | 'none'>;
  /** A text file of at most `most` bytes; undefined when it is not there, or is larger. */
  readText(path: string, most: number): Promise<string | undefined>;
  /**
   * Moves a file or folder, whole and at once, to the quarantine under a name of ours. False when it is not there.
   * Fails with `file-in-use` when a program has it open, and then nothing has moved.
   */
  setAside(path: string, place: string): Promise<boolean>;
  /** Whether something lies in the quarantine under that name. */
  isAside(place: string): Promise<boolean>;
  /** Moves it back; never over something that is there. False when there is nothing to move. */
  putBack(place: string, path: string): Promise<boolean>;
  /** Deletes for ever what lies in the quarantine under names that begin so. */
  forget(prefix: string): Promise<void>;
  /** Looks at names and attributes only; ends after `limit` entries. */
  survey(folder: string, limit: number): Promise<Survey>;
  /** Opens a file below the folder that is wholly on this PC and reads its first byte. Gives its name, or why not. */
  openOne(folder: string): Promise<{ opened: string } | 'online-only' | 'empty' | 'missing' | 'refused'>;
}

/** How one request over Windows' own HTTP stack ended, with the user's proxy, as OneDrive goes. */
export type WindowsAnswer =
  | { end: 'answered'; status: number }
  | {
      end: Exclude<MeaningOf<'windows-connection'>, 'works' | 'not-looked'> | 'failed';
      /** WinHTTP's error number, for a technician. */
      error: number;
    }
  /** There is no such stack here. */
  | { end: 'not-here' };

/** A network adapter that is up. */
export interface Adapter {
  name: string;
  /** What its driver calls itself. */
  description: string;
  /** Windows says that it is a tunnel, or its driver is that of a VPN. */
  vpn: boolean;
  /** Bytes of its largest packet, as set; undefined where Windows does not say. */
  mtu: number | undefined;
  /** The way to the internet goes through it. */
  defaultRoute: boolean;
}

/** An entry for Windows' event log `Application`, under the source `Signin Rescue`. */
export interface LogEvent {
  /** 1 to 1000; what each means is in native-host/evidence/events.ts. */
  id: number;
  level: 'information' | 'warning';
  text: string;
}

export interface Folders {
  localAppData: string;
  programFiles: string;
  programFilesX86: string;
  /** Where Windows' own programs are: System32. */
  system: string;
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
  readonly files: Files;
  readonly folders: Folders;
  /** Where the host keeps journals and backups of this machine and user. */
  readonly stateFolder: string;
  /** Asks `https://host/` for its head by WinHTTP. Never takes longer than `timeout` milliseconds. */
  windowsRequest(host: string, options: { timeout: number; signal: AbortSignal }): Promise<WindowsAnswer>;
  /**
   * Where Windows finds a proxy script by itself (WPAD, by DHCP and DNS), as an address to fetch it at; undefined
   * where it finds none. Asks the network: takes up to `timeout` milliseconds.
   */
  detectProxyScript(options: { timeout: number; signal: AbortSignal }): Promise<string | undefined>;
  /** The servers that this PC looks names up with, as addresses. */
  nameServers(): Promise<string[]>;
  /** This PC's own addresses, without loopback and link-local ones. */
  addresses(): Promise<string[]>;
  /** The network adapters that are up. */
  adapters(): Promise<Adapter[]>;
  /** When this PC was started. */
  startedAt(): Promise<Date>;
  /** Adds an entry to Windows' event log. */
  reportEvent(event: LogEvent): Promise<void>;
  /** How to reach a host name on port 443. */
  route(host: string): Promise<Route>;
  /** Whether sign-in works, where the machine itself can tell (the simulated one); else `unknown`. */
  signInWorks(): Promise<{ works: boolean; code: string } | 'unknown'>;
}
