/** A page of the extension in a tab: follows the state that the background pushes. */
import { type ComponentType, render } from 'preact';
import { language } from '../text.ts';
import { PAGE_PORT, type UiAction, type UiState } from '../ui-state.ts';
import { openLink } from '../views/link.ts';

export interface PageProps {
  /** Null until the background has spoken. */
  state: UiState | null;
  act: (action: UiAction) => void;
}

/** Shows a page in this document, and keeps it as things stand. */
export function openPage(Page: ComponentType<PageProps>): void {
  Object.assign(document.documentElement, language());
  const show = (state: UiState | null) => render(<Page state={state} act={act} />, document.body);
  const act = openLink({ name: PAGE_PORT, onState: show, onGone: () => window.close() });
  show(null);
}
