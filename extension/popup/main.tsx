/** The popup: shows the state that the background pushes, and posts what the person chooses. */
import { render } from 'preact';
import { parseLink } from '../../common/link.ts';
import { language } from '../text.ts';
import { POPUP_PORT, type UiState } from '../ui-state.ts';
import { openLink } from '../views/link.ts';
import { App } from './app.tsx';

const page = document.documentElement;
const asked = new URLSearchParams(location.search);
/** What a link asked for, whoever wrote it; where it is none of ours, the window opens as it is. */
const link = parseLink(asked.get('link') ?? '');

// Firefox follows a link also in a frame of somebody's page, which could have our buttons pressed unseen.
if (window.top !== window) page.dataset.place = 'frame';
else if (link?.command === 'settings') location.replace('/extension/pages/options/index.html');
else open();

function open(): void {
  Object.assign(page, language());
  // Opened as a window or tab of its own (`?tab=ID`) it fills the page instead of sizing the popup.
  page.dataset.place = asked.has('tab') ? 'window' : 'popup';
  const command = link?.command ?? asked.get('command') ?? undefined;
  let code = link?.command === 'explain' ? link.code : undefined;

  const close = () => window.close();
  const show = (state: UiState | null) => render(<App {...{ state, act, close, command }} />, document.body);
  const onState = (state: UiState) => {
    // The first is from before the background heard of the code.
    show(code === undefined ? state : { ...state, explained: { text: code, codes: [] } });
    code = undefined;
  };
  const act = openLink({ name: POPUP_PORT, onState, onGone: close });
  show(null);
  // Only told what it means, as when a person types it.
  if (code !== undefined) act({ do: 'explain', text: code });
}
