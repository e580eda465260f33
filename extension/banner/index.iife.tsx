/**
 * The banner on a failed sign-in page: says what is wrong and leads to the extension's own window. Injected as
 * one script; injected twice it stays one banner.
 */
import { render } from 'preact';
import { language } from '../text.ts';
import { BANNER_PORT, type UiState } from '../ui-state.ts';
import { openLink } from '../views/link.ts';
import { BannerView } from './banner-view.tsx';
import { bannerOf } from './model.ts';
import { createMount } from './mount.ts';

const injected = Symbol.for('signin-rescue.banner');

function start(): void {
  const mount = createMount();
  const { lang, dir } = language();
  let last: UiState | null = null;
  let dismissed: string | undefined;

  const show = (state: UiState | null) => {
    last = state;
    const banner = state && bannerOf(state);
    if (!banner || banner.key === dismissed) {
      render(null, mount.container);
      mount.hide();
      return;
    }
    const dismiss = () => {
      dismissed = banner.key;
      show(last);
    };
    mount.show();
    render(<BannerView {...{ banner, act, dismiss, lang, dir }} />, mount.container);
  };
  const act = openLink({ name: BANNER_PORT, onState: show, onGone: () => show(null) });
}

if (!Reflect.has(globalThis, injected)) {
  Reflect.set(globalThis, injected, true);
  start();
}
