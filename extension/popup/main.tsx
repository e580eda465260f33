/** The popup: shows the state that the background pushes, and posts what the person chooses. */
import { render } from 'preact';
import { language } from '../text.ts';
import { POPUP_PORT, type UiState } from '../ui-state.ts';
import { openLink } from '../views/link.ts';
import { App } from './app.tsx';

const page = document.documentElement;
Object.assign(page, language());
// Opened as a window or tab of its own (`?tab=ID`) it fills the page instead of sizing the popup.
const asked = new URLSearchParams(location.search);
page.dataset.place = asked.has('tab') ? 'window' : 'popup';
const command = asked.get('command') ?? undefined;

const close = () => window.close();
const show = (state: UiState | null) => render(<App {...{ state, act, close, command }} />, document.body);

const act = openLink({ name: POPUP_PORT, onState: show, onGone: close });
show(null);
