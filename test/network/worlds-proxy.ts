/** Worlds with a company's proxy, a real tinyproxy, set by hand or by a script. */
import type { ScriptBehaviour } from './servers.ts';
import type { Company, World } from './world.ts';

const SETTINGS = 'Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const sz = (value: string) => ({ type: 'REG_SZ', value }) as const;

type Pc = NonNullable<World['pc']>;
type Keys = NonNullable<NonNullable<Pc['registry']>['HKCU']>;

/** The person's settings. */
const pc = (values: Keys[string]): Pc => ({ registry: { HKCU: { [SETTINGS]: values } } });

const byHand = pc({
  ProxyEnable: { type: 'REG_DWORD', value: 1 },
  ProxyServer: sz('proxy.corp.example:3128'),
});

/** Set for the person and not for services, as it mostly is: said besides. */
const differs = 'warning proxy: differs';

/** Seconds: of these a script's thread has a share to start in, which is little on a busy PC. */
const LONG = 30;

const scripted = (
  name: string,
  script: ScriptBehaviour,
  meaning: string,
  url = 'http://pac.corp.example/proxy.pac',
): World => ({
  name,
  company: { script },
  pc: pc({ AutoConfigURL: sz(url) }),
  timeout: LONG,
  expects: [`fault proxy: ${meaning}`, 'ok endpoints: reachable'],
  cause: `proxy: ${meaning}`,
});

const set = (name: string, company: Company, meaning: string): World => ({
  name,
  company,
  pc: byHand,
  expects: [`fault proxy: ${meaning}`, differs, 'ok endpoints: reachable'],
  cause: `proxy: ${meaning}`,
});

export const proxyWorlds: readonly World[] = [
  {
    name: 'proxy without login',
    company: { proxy: 'open' },
    pc: byHand,
    expects: ['ok proxy: used', differs, 'ok endpoints: reachable'],
    cause: null,
  },
  set('proxy that wants a login', { proxy: 'login' }, 'login-required'),
  set('proxy that refuses', { proxy: 'refusing' }, 'refused'),
  set('proxy that is dead', {}, 'unreachable'),
  {
    name: 'proxy script that works',
    company: { proxy: 'open', script: 'good' },
    pc: pc({ AutoConfigURL: sz('http://pac.corp.example/proxy.pac') }),
    timeout: LONG,
    expects: ['ok proxy: used', differs, 'ok endpoints: reachable'],
    cause: null,
  },
  scripted('proxy script with a syntax error', 'broken', 'script-broken'),
  scripted('proxy script that never ends', 'endless', 'script-slow'),
  { ...scripted('proxy script that never comes', 'silent', 'script-slow'), timeout: 3 },
  scripted('proxy script that is not there', 'missing', 'script-unreachable'),
  scripted('proxy script of 10 MB', 'ten-megabytes', 'script-broken'),
  scripted('proxy script that leads in a circle', 'redirect-loop', 'script-unreachable'),
  scripted(
    'proxy script on a dead server',
    'good',
    'script-unreachable',
    'http://pac.corp.example:81/proxy.pac',
  ),
];
