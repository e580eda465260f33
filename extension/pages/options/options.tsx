/** The settings: what the extension does by itself, what it may, what the organisation has set. */
import browser from 'webextension-polyfill';
import { contactOf, type RemedyRule } from '../../../common/policy.ts';
import type { MessageKey } from '../../../common/text.ts';
import { openWindow } from '../../background/open-window.ts';
import type { Managed } from '../../managed.ts';
import { say } from '../../text.ts';
import { Button } from '../../views/button.tsx';
import { hostWords, remedyWords } from '../../views/words.ts';
import { Frame, Section } from '../frame.tsx';
import { useHelper } from '../helper.tsx';
import type { PageProps } from '../open-page.tsx';
import { useOwnTab } from '../own-tab.ts';
import { Shortcut } from '../ways.tsx';
import { codesIn, useManaged } from './managed.ts';
import { Allowed } from './permissions.tsx';

export function Options({ state, act }: PageProps) {
  const managed = useManaged();
  return (
    <Frame title={say('ui_options')} lead={say('options_lead')} simulated={state?.simulated ?? false}>
      <Section title={say('options_network')}>
        <Watch state={state} act={act} />
      </Section>
      <Section title={say('options_muted')}>
        <Muted state={state} act={act} />
      </Section>
      <Section title={say('options_allowed')}>
        <Allowed />
      </Section>
      <Section title={say('options_shortcut')}>
        <ul>
          <Shortcut />
        </ul>
      </Section>
      <Section title={say('options_policy')}>{managed && <Policy managed={managed} />}</Section>
      <Section title={say('options_about')}>
        <About state={state} act={act} />
      </Section>
    </Frame>
  );
}

function Watch({ state, act }: PageProps) {
  const forbidden = state?.watch === 'forbidden';
  return (
    <label class="choice">
      <input
        type="checkbox"
        data-do="watch"
        checked={state?.watch === 'on'}
        disabled={!state || forbidden}
        aria-describedby="watch-why"
        onChange={({ currentTarget }) => act({ do: 'watch', on: currentTarget.checked })}
      />
      <span class="row-text">
        <span class="name">{say('options_watch')}</span>
        <span class="why" id="watch-why">
          {say(forbidden ? 'ui_watch_forbidden' : 'options_watch_why')}
        </span>
      </span>
    </label>
  );
}

/** What was wished away on a banner, and the way back. */
function Muted({ state, act }: PageProps) {
  const codes = state?.muted ?? [];
  if (codes.length === 0) return <p class="why">{say('options_muted_none')}</p>;
  return (
    <>
      <p class="why">{say('options_muted_why')}</p>
      <ul class="muted">
        {codes.map((code) => (
          <li class="row" key={code}>
            <p class="row-text">
              <code>{code}</code>
            </p>
            <Button
              does="unmute"
              class="small-button"
              label={`${say('options_unmute')}: ${code}`}
              onPress={() => act({ do: 'unmute', code })}
            >
              {say('options_unmute')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Policy({ managed }: { managed: Managed }) {
  const { watch, clouds, remedies } = managed;
  const ruled = (rule: RemedyRule['rule']) =>
    remedies.flatMap((each) => (each.rule === rule ? remedyWords(each.remedy).title : []));
  const facts: [MessageKey, string][] = [
    ['options_policy_help_desk', contactOf(managed)],
    ['options_policy_repairs_off', ruled('off').join(', ')],
    ['options_policy_repairs_approval', ruled('approval').join(', ')],
    ['options_policy_catalogue', codesIn(managed).join(', ')],
    ['options_policy_clouds', clouds.join(', ')],
    ['options_policy_watch', watch === false ? say('options_policy_off') : ''],
  ];
  const set = facts.filter(([, value]) => value !== '');
  if (set.length === 0) return <p class="why">{say('options_policy_none')}</p>;
  return (
    <dl class="facts">
      {set.map(([name, value]) => (
        <Fact key={name} name={say(name)} value={value} />
      ))}
    </dl>
  );
}

function About({ state, act }: PageProps) {
  const version = useHelper({ state, act });
  const tabId = useOwnTab();
  const helper = version ?? hostWords(state?.host ?? { state: 'idle' }).title;
  return (
    <>
      <dl class="facts">
        <Fact name={say('options_extension_version')} value={browser.runtime.getManifest().version} />
        <Fact name={say('options_helper_version')} value={helper} live />
      </dl>
      <p class="actions">
        <Button does="history" onPress={() => void openWindow(tabId, 'history')}>
          {say('options_see_history')}
        </Button>
        <a href={browser.runtime.getURL('extension/pages/welcome/index.html')}>
          {say('options_see_welcome')}
        </a>
      </p>
    </>
  );
}

function Fact({ name, value, live }: { name: string; value: string; live?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd aria-live={live ? 'polite' : undefined}>{value}</dd>
    </div>
  );
}
