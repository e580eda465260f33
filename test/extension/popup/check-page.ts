/** The popup with a look at the connection in it, for the tests of a file. */
import type { CheckState } from '../../../extension/ui-state.ts';
import { uiState } from '../../fixtures/ui-states.ts';
import { push } from '../../gallery/stage.ts';
import { popupPage } from './popup-page.ts';

export function checkPage() {
  const popup = popupPage();
  return {
    ...popup,
    /** A look that goes on after `check-looking-later`, or has ended. */
    afterwards: (check: CheckState) => push(popup.page(), { ...uiState('check-looking-later'), check }),
  };
}
