/** What the browser lets the extension do, as far as the person can give it and take it back. */
import { useEffect, useState } from 'preact/hooks';
import browser, { type Permissions } from 'webextension-polyfill';
import { say } from '../../text.ts';
import { Button } from '../../views/button.tsx';
import { Row } from '../frame.tsx';
import { origins, sessionRights } from '../rights.ts';

const session: Permissions.Permissions = { permissions: [...sessionRights] };
const sites: Permissions.Permissions = { origins: [...origins] };

/** Whether something is allowed, as it is now; undefined until that is known. */
function useAllowed(what: Permissions.Permissions): boolean | undefined {
  const [allowed, setAllowed] = useState<boolean>();
  useEffect(() => {
    const look = () => void browser.permissions.contains(what).then(setAllowed);
    look();
    const { onAdded, onRemoved } = browser.permissions;
    onAdded.addListener(look);
    onRemoved.addListener(look);
    return () => {
      onAdded.removeListener(look);
      onRemoved.removeListener(look);
    };
  }, [what]);
  return allowed;
}

export function Allowed() {
  return (
    <ul>
      <Sites />
      <Session />
    </ul>
  );
}

/** Firefox lets people take these back, Chromium lets them wait for a press: then nothing is noticed. */
function Sites() {
  const allowed = useAllowed(sites);
  const why = say(allowed === false ? 'options_no_hosts_why' : 'hosts_sign_in_why');
  return (
    <Row name={say('hosts_sign_in')} why={why}>
      <Standing allowed={allowed} what={sites} name={say('hosts_sign_in')} />
    </Row>
  );
}

function Session() {
  const allowed = useAllowed(session);
  return (
    <Row name={say('may_session')} why={say('may_session_why')} technical={sessionRights.join(', ')}>
      <Standing allowed={allowed} what={session} name={say('may_session')} back />
    </Row>
  );
}

interface StandingProps {
  allowed: boolean | undefined;
  what: Permissions.Permissions;
  name: string;
  /** Can be taken back here. */
  back?: boolean;
}

/** How it stands, and the press that changes it: the browser asks, within that press. */
function Standing({ allowed, what, name, back }: StandingProps) {
  const [failed, setFailed] = useState(false);
  const change = (way: 'request' | 'remove') => () => {
    const changed = browser.permissions[way](what);
    changed.catch(() => false).then((did) => setFailed(!did));
  };
  if (allowed === undefined) return null;
  return (
    <div class="standing">
      <p data-tone={allowed ? 'good' : back ? undefined : 'bad'}>
        {say(allowed ? 'options_given' : 'options_not_given')}
      </p>
      {!allowed && <Change does="give" word={say('options_give')} name={name} press={change('request')} />}
      {allowed && back && (
        <Change does="take-back" word={say('options_take_back')} name={name} press={change('remove')} />
      )}
      <p class="why" role="status">
        {failed && say('options_not_changed')}
      </p>
    </div>
  );
}

interface ChangeProps {
  does: string;
  word: string;
  name: string;
  press: () => void;
}

/** Two buttons of one word: which is which stands in their names. */
function Change({ does, word, name, press }: ChangeProps) {
  return (
    <Button does={does} class="small-button" label={`${word}: ${name}`} onPress={press}>
      {word}
    </Button>
  );
}
