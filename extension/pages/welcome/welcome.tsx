/** The first-run page: what the extension may do and why, what it never does, and whether the helper is there. */
import browser from 'webextension-polyfill';
import { messageKey } from '../../../common/text.ts';
import { openWindow } from '../../background/open-window.ts';
import { say } from '../../text.ts';
import { Button } from '../../views/button.tsx';
import { Frame, Row, Section } from '../frame.tsx';
import { Helper, useHelper } from '../helper.tsx';
import type { PageProps } from '../open-page.tsx';
import { useOwnTab } from '../own-tab.ts';
import { givenRights, type HostGroup, hostGroups, sessionRights } from '../rights.ts';
import { Ways } from '../ways.tsx';

export function Welcome({ state, act }: PageProps) {
  const version = useHelper({ state, act });
  const tabId = useOwnTab();
  return (
    <Frame title={say('welcome_title')} lead={say('welcome_lead')} simulated={state?.simulated ?? false}>
      <Helper host={state?.host} version={version} />
      <Section title={say('ways_title')}>
        <Ways />
        <p class="actions">
          <Button does="try" primary onPress={() => void openWindow(tabId)}>
            {say('welcome_try')}
          </Button>
          <a href={browser.runtime.getURL('extension/pages/options/index.html')}>{say('ui_options')}</a>
        </p>
      </Section>
      <Section title={say('welcome_may')}>
        <ul>
          {hostGroups.map((group) => (
            <Hosts key={group.id} {...group} />
          ))}
          {givenRights.map(({ right, words }) => {
            const key = messageKey('may', words);
            return <Row key={right} name={say(key)} why={say(`${key}_why`)} technical={right} />;
          })}
        </ul>
        <h3 class="later">{say('welcome_may_later')}</h3>
        <ul>
          <Row name={say('may_session')} why={say('may_session_why')} technical={sessionRights.join(', ')} />
        </ul>
      </Section>
      <Section title={say('never_title')}>
        <ul class="never">
          {([1, 2, 3, 4] as const).map((each) => (
            <li key={each}>{say(`never_${each}`)}</li>
          ))}
        </ul>
      </Section>
    </Frame>
  );
}

function Hosts({ id, hosts }: HostGroup) {
  const key = messageKey('hosts', id);
  return (
    <Row name={say(key)} why={say(`${key}_why`)}>
      <details>
        <summary>{say('welcome_addresses', hosts.length)}</summary>
        <ul class="technical">
          {hosts.map((host) => (
            <li key={host}>{host}</li>
          ))}
        </ul>
      </details>
    </Row>
  );
}
