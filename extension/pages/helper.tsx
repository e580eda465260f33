/** Whether the helper is there, looked for again and again while somebody looks at the page. */
import { useEffect, useRef } from 'preact/hooks';
import { say } from '../text.ts';
import type { HostState, UiState } from '../ui-state.ts';
import { useGreeting } from '../views/greeting.ts';
import { Spinner, StepIcon } from '../views/icon.tsx';
import { hostWords, type Words } from '../views/words.ts';
import type { PageProps } from './open-page.tsx';

/** The version of the helper once it was found; it may rest by now. */
export function useHelper({ state, act }: PageProps): string | undefined {
  const version = useRef<string>(undefined);
  if (state?.host.state === 'ready') version.current = state.host.version;
  useGreeting(state?.host, act, version.current === undefined);
  useEffect(() => act({ do: 'greet' }), [act]);
  return version.current;
}

/** Said where it stands, and to a screen reader when it changes. */
export function Helper({
  host,
  version,
}: {
  host: UiState['host'] | undefined;
  version: string | undefined;
}) {
  const { title, next } = words(host, version);
  const looking = version === undefined && isLooking(host);
  return (
    <div class="helper" role="status" data-helper={version === undefined ? (host?.state ?? 'idle') : 'found'}>
      {looking ? <Spinner /> : <Sign good={version !== undefined} />}
      <div>
        <p class="helper-title">{title}</p>
        <p class="why">{next}</p>
      </div>
    </div>
  );
}

function Sign({ good }: { good: boolean }) {
  const status = good ? 'done' : 'your-turn';
  return (
    <span data-status={status}>
      <StepIcon status={status} />
    </span>
  );
}

function isLooking(host: HostState | undefined): boolean {
  return !host || host.state === 'idle' || host.state === 'starting';
}

function words(host: HostState | undefined, version: string | undefined): Words {
  if (version !== undefined) return { title: say('helper_found', version), next: say('helper_found_next') };
  if (!host || isLooking(host)) return { title: say('helper_looking'), next: say('helper_looking_next') };
  const { title, next } = hostWords(host);
  return { title, next: host.state === 'missing' ? say('helper_missing_next') : next };
}
