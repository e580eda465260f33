/** The banner's place in the page: a closed shadow root above everything, out of reach of the page's styles. */
import theme from '../theme.css?inline';
import style from './banner.css?inline';
import { makeRoom, takeRoomBack } from './room.ts';

const TAG = 'signin-rescue-banner';
/** A page that removes the banner gets it back this often: more would be a fight. */
const RETURNS = 3;

export interface Mount {
  container: Element;
  show: () => void;
  hide: () => void;
}

/** Makes the place; nothing is in the page until `show`. */
export function createMount(): Mount {
  // One that an earlier version of the extension left behind can do nothing any more.
  document.querySelector(TAG)?.remove();
  const host = document.createElement(TAG);
  host.popover = 'manual';
  const root = host.attachShadow({ mode: 'closed' });
  const container = document.createElement('div');
  dress(root);
  root.append(container);

  let shown = false;
  let returns = RETURNS;
  const place = () => {
    document.documentElement.append(host);
    raise(host);
  };
  const removal = new MutationObserver(() => {
    if (shown && !host.isConnected && returns-- > 0) place();
  });
  const size = new ResizeObserver(() => {
    if (shown) makeRoom(host);
  });
  return {
    container,
    show() {
      if (shown) return;
      shown = true;
      place();
      for (const parent of [document, document.documentElement]) removal.observe(parent, { childList: true });
      size.observe(host);
    },
    hide() {
      shown = false;
      removal.disconnect();
      size.disconnect();
      host.remove();
      takeRoomBack();
    },
  };
}

/** Firefox refuses constructed sheets from a content script; a style element is as good. */
function dress(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(theme + style);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const element = document.createElement('style');
    element.textContent = theme + style;
    root.append(element);
  }
}

/** Into the top layer; where that is refused, the z-index has to do. */
function raise(host: HTMLElement): void {
  try {
    host.showPopover();
  } catch {
    // Shown by its own style all the same.
  }
}
