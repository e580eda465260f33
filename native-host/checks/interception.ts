/**
 * Whether something on the way to Microsoft opens the secure connection, told by who signed the sign-in host's
 * certificate, and whether it limits who may sign in. Read from what the endpoints check sees.
 */
import { clouds } from '../../common/clouds.ts';
import { type Check, type CheckContext, looked, type Sight } from './check.ts';
import { type SeenHost, seeHost } from './endpoints/endpoints.ts';

/** Who signs Microsoft's certificates; any other is somebody in between. Practice of Microsoft's own connectivity test. */
const authorities = /^(microsoft|digicert|entrust|baltimore|globalsign|sectigo)\b/i;

/**
 * What a proxy adds to requests to limit organisations
 * (https://learn.microsoft.com/entra/identity/enterprise-apps/tenant-restrictions). A PC cannot see what is added
 * after it; only where an answer carries the header back is there evidence.
 */
const restrictions = [
  'restrict-access-to-tenants',
  'restrict-access-context',
  'sec-restrict-tenant-access-policy',
];

export const interception: Check = {
  id: 'interception',
  look: (context) => [looked('interception', context, () => see(context))],
};

/** The server to sign in at in the context's cloud; its checks share one look at it. */
export function seeSignInHost(context: CheckContext): Promise<SeenHost> {
  const [host = ''] = clouds[context.cloud ?? 'worldwide'].signIn;
  return seeHost(host, context);
}

async function see(context: CheckContext): Promise<Sight<'interception'>[]> {
  const seen = await seeSignInHost(context);
  if (seen.kind === 'simulated') {
    if (seen.fault === 'none') return [{ level: 'ok', meaning: 'none' }];
    return [{ level: 'unknown', meaning: 'not-looked', evidence: { failure: seen.fault } }];
  }
  const { certificate, failure = null, answer } = seen;
  if (!certificate) return [{ level: 'unknown', meaning: 'not-looked', evidence: { failure } }];
  const restricted = restrictions.find((name) => answer?.headers[name] !== undefined);
  const limits: Sight<'interception'>[] = restricted
    ? [
        {
          id: 'interception:tenant-restricted',
          level: 'warning',
          meaning: 'tenant-restricted',
          evidence: { header: restricted },
        },
      ]
    : [];
  const { issuer } = certificate;
  if (authorities.test(issuer)) return [{ level: 'ok', meaning: 'none', evidence: { issuer } }, ...limits];
  const refused = failure?.startsWith('certificate-') ?? false;
  return [
    {
      level: refused ? 'fault' : 'warning',
      meaning: 'inspected',
      subject: issuer,
      evidence: { issuer, failure },
    },
    ...limits,
  ];
}
