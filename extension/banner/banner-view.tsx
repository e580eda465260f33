import { useEffect, useRef, useState } from 'preact/hooks';
import type { Run } from '../../common/run.ts';
import { say } from '../text.ts';
import type { UiAction } from '../ui-state.ts';
import { Button } from '../views/button.tsx';
import { duration, useElapsed } from '../views/clock.ts';
import { Cross, Mark } from '../views/icon.tsx';
import { StepLine } from '../views/step-line.tsx';
import { trusted } from '../views/trusted.ts';
import type { Banner } from './model.ts';

interface BannerViewProps {
  banner: Banner;
  act: (action: UiAction) => void;
  dismiss: () => void;
  lang: string;
  dir: 'ltr' | 'rtl';
}

/** The whole banner. Escape dismisses it only while focus is inside. */
export function BannerView({ banner, act, dismiss, lang, dir }: BannerViewProps) {
  const outside = useRef<EventTarget | null>(null);
  const [asked, askWhy] = useState(false);
  const leave = () => {
    dismiss();
    if (outside.current instanceof HTMLElement) outside.current.focus();
  };
  const onKey = trusted((event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.stopPropagation();
    leave();
  });
  return (
    <section
      class="banner"
      data-tone={banner.tone}
      lang={lang}
      dir={dir}
      aria-label={say('ui_region')}
      onKeyDown={onKey}
      onFocusCapture={(event) => {
        if (event.relatedTarget) outside.current = event.relatedTarget;
      }}
    >
      <Mark />
      <div class="body">
        <Words banner={banner} />
        <div class="offers">
          {banner.offers.map(({ does, label }, index) => (
            <Button key={does} does={does} onPress={() => act({ do: does })} primary={index === 0}>
              {label}
            </Button>
          ))}
          {banner.why && (
            <Button does="why" class="quiet" onPress={() => askWhy(!asked)} shows={{ open: asked, id: WHY }}>
              {say('ui_why')}
            </Button>
          )}
        </div>
        {banner.why && asked && (
          <div class="reason" id={WHY}>
            <p>{banner.why}</p>
            {banner.mutable && <Mute act={act} leave={leave} />}
          </div>
        )}
      </div>
      <Button does="dismiss" class="dismiss" label={say('ui_dismiss')} onPress={leave}>
        <Cross />
      </Button>
      <Live text={banner.announcement} />
    </section>
  );
}

const WHY = 'why';

/** Away for this code, until it is wished for again in the settings. */
function Mute({ act, leave }: { act: BannerViewProps['act']; leave: () => void }) {
  const press = () => {
    act({ do: 'mute' });
    leave();
  };
  return (
    <Button does="mute" class="quiet" onPress={press}>
      {say('ui_mute')}
    </Button>
  );
}

function Words({ banner }: { banner: Banner }) {
  const { title, detail, code, live, simulated } = banner;
  return (
    <div class="words">
      <p class="title">
        {title} {simulated && <span class="badge">{say('ui_simulated')}</span>}
      </p>
      {detail && <p class="detail">{detail}</p>}
      {live?.step && <StepLine step={live.step} run={live.run} />}
      <p class="code">
        {code}
        {live && live.run.status === 'running' && <Elapsed run={live.run} />}
      </p>
    </div>
  );
}

function Elapsed({ run }: { run: Run }) {
  return <span role="timer"> · {duration(useElapsed(run.startedAt))}</span>;
}

/** A live region is heard only when its text changes after it is there. */
function Live({ text }: { text: string }) {
  const [heard, setHeard] = useState('');
  useEffect(() => {
    const timer = setTimeout(setHeard, 100, text);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p class="unseen" role="status">
      {heard}
    </p>
  );
}
