/** The report for IT: first exactly what would leave, then the ways to hand it on. */
import { useMemo, useState } from 'preact/hooks';
import { asHtml } from '../../../common/report/as-html.ts';
import { asJson } from '../../../common/report/as-json.ts';
import { asMail } from '../../../common/report/as-mail.ts';
import { asText } from '../../../common/report/as-text.ts';
import type { Report } from '../../../common/report/report.ts';
import { language, say } from '../../text.ts';
import type { UiState } from '../../ui-state.ts';
import { Button } from '../../views/button.tsx';
import { trusted } from '../../views/trusted.ts';
import { Copied, useCopyText } from '../copy.tsx';
import { reportOf } from './reported.ts';
import './report.css';
import { type Action, Screen } from '../screen.tsx';
import { saveFile } from './report-file.ts';
import type { About } from './reporting.ts';

interface ReportViewProps {
  state: UiState;
  about: About;
  back: () => void;
}

export function ReportView({ state, about, back }: ReportViewProps) {
  const [full, setFull] = useState(false);
  const [madeAt] = useState(() => new Date().toISOString());
  const { failure, run, check, history, host, simulated, rules } = state;
  const report = useMemo(
    () => reportOf({ failure, run, check, history, host, simulated, rules, ...about }, { full, madeAt }),
    [about, failure, run, check, history, host, simulated, rules, full, madeAt],
  );
  const text = useMemo(() => asText(report, say), [report]);
  const { copy, copied } = useCopyText(() => text, `${full}`);
  const leave: Action = { does: 'back', label: say('ui_back'), press: back };
  const hand: Action = {
    does: 'copy',
    label: say(copied === 'copied' ? 'ui_copied' : 'ui_report_copy'),
    press: copy,
  };
  const empty = report.failures.length === 0 && report.check === null && report.tried.length === 0;
  return (
    <Screen
      name="report"
      title={say('ui_report')}
      lead={say('ui_report_lead')}
      state={state}
      primary={hand}
      others={[leave]}
      leave={leave}
      read
    >
      {empty && <p class="note">{say('ui_report_empty')}</p>}
      {/* Its lines are as wide as they can be here; those that are copied fit a ticket. */}
      <Preview text={asText(report, say, Number.POSITIVE_INFINITY)} />
      <Whole full={full} set={setFull} />
      <Ways report={report} helpDesk={state.helpDesk} />
      {state.helpDeskText && <p class="small">{say('ui_help_desk', state.helpDeskText)}</p>}
      <Copied copied={copied} text={() => text} />
    </Screen>
  );
}

/** Can be scrolled, and read, by keyboard alone. */
function Preview({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard
    <section class="report-preview" aria-label={say('ui_report_preview')} tabIndex={0} dir="auto">
      <pre>{text}</pre>
    </section>
  );
}

function Whole({ full, set }: { full: boolean; set: (full: boolean) => void }) {
  return (
    <section class="report-whole">
      <label>
        <input
          type="checkbox"
          data-do="full"
          checked={full}
          aria-describedby="report-adds"
          // Not its change, which is trusted even where a script has clicked.
          onClick={trusted((event) => set(event.currentTarget.checked))}
        />
        <span>{say('ui_report_whole')}</span>
      </label>
      <p class="small" id="report-adds">
        {say('ui_report_whole_adds')}
      </p>
    </section>
  );
}

function Ways({ report, helpDesk }: { report: Report; helpDesk: string | null }) {
  const [saved, setSaved] = useState('');
  const save = (kind: 'html' | 'json', content: () => string) => () =>
    setSaved(saveFile(report, kind, content()));
  const asPage = () => asHtml(report, { say, ...language() });
  return (
    <>
      <p class="report-ways">
        <Button does="save-html" onPress={save('html', asPage)}>
          {say('ui_report_html')}
        </Button>
        <Button does="save-json" onPress={save('json', () => asJson(report))}>
          {say('ui_report_json')}
        </Button>
        {helpDesk && (
          <a
            class="button"
            data-do="mail"
            href={asMail(report, helpDesk, say)}
            target="_blank"
            rel="noreferrer"
            title={say('ui_report_mail_to', helpDesk)}
            aria-label={say('ui_report_mail_to', helpDesk)}
          >
            {say('ui_report_mail')}
          </a>
        )}
      </p>
      <p class="small" role="status">
        {saved && say('ui_report_saved', saved)}
      </p>
    </>
  );
}
