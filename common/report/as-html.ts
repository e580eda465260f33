/** The report as one file that needs nothing else: no script, nothing fetched, everything escaped. */
import { isByHand } from '../by-hand.ts';
import { messageKey, type Say } from '../text.ts';
import { STYLE } from './html-style.ts';
import { codeOf, type Fact, factsOf, linesOfStep, nameOf, stillTo, versionFacts } from './parts.ts';
import type { Failed, Found, Looked, NotAllowed, Recurs, Report, Tried } from './report.ts';

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** HTML that was made here; all other text is escaped on its way in. */
interface Html {
  html: string;
}

type Part = string | number | Html | readonly Html[];

const put = (part: Part): string => {
  if (typeof part === 'object') return 'html' in part ? part.html : part.map(({ html }) => html).join('');
  return String(part).replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
};

function html(texts: TemplateStringsArray, ...parts: Part[]): Html {
  return { html: texts.map((text, at) => (at === 0 ? text : put(parts[at - 1] ?? '') + text)).join('') };
}

export interface HtmlWishes {
  say: Say;
  /** Of the words in it. */
  lang: string;
  dir: 'ltr' | 'rtl';
}

/** The file's whole text. */
export function asHtml(report: Report, { say, lang, dir }: HtmlWishes): string {
  const { failures, check, tried, recurrences, notAllowed, masked, simulated } = report;
  const code = codeOf(report);
  const title = code === undefined ? say('report_title') : `${say('report_title')}: ${code}`;
  // The style is ours: no text from elsewhere is in it.
  const style = { html: STYLE };
  const page = html`<!doctype html>
<html lang="${lang}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="note">${say(masked ? 'report_masked' : 'report_full')}</p>
${simulated ? [html`<p class="note simulated">${say('report_simulated')}</p>`] : []}
${failures.map((each) => failurePart(each, say))}
${check ? [checkPart(check, say)] : []}
${tried.length > 0 ? [triedPart(tried, say)] : []}
${recurrences.length > 0 ? [recursPart(recurrences, say)] : []}
${notAllowed.length > 0 ? [notAllowedPart(notAllowed, say)] : []}
<section>
<h2>${say('report_versions')}</h2>
${factTable(versionFacts(report, say), say('report_versions'))}
</section>
</main>
</body>
</html>
`;
  return page.html;
}

/** Ids and names read from left to right wherever they stand. */
const value = (text: string) => html`<bdi>${text}</bdi>`;

function factTable(facts: readonly Fact[], caption: string): Html {
  const rows = facts.map(
    ([label, text]) => html`<tr><th scope="row">${label}</th><td>${value(text)}</td></tr>\n`,
  );
  return html`<table class="facts">
<caption>${caption}</caption>
<tbody>
${rows}</tbody>
</table>`;
}

function failurePart(failure: Failed, say: Say): Html {
  return html`<section>
<h2>${failure.words}</h2>
<p>${stillTo(failure.words, failure.todo)}</p>
${factTable(factsOf(failure, say), nameOf(failure, say))}
</section>
`;
}

function checkPart(check: Looked, say: Say): Html {
  const { words, who, codes, time, findings } = check;
  const facts: Fact[] = [
    ...(who === undefined ? [] : [[say('ui_who'), who] as const]),
    ...(codes.length === 0 ? [] : [[say('ui_code'), codes.join(', ')] as const]),
    [say('ui_time'), time],
  ];
  const heads = ['report_level', 'report_found', 'ui_technical'] as const;
  return html`<section>
<h2>${say('report_check')}</h2>
<p>${words}</p>
${factTable(facts, say('report_check'))}
<table>
<caption>${say('ui_found')}</caption>
<thead><tr>${heads.map((key) => html`<th scope="col">${say(key)}</th>`)}</tr></thead>
<tbody>
${findings.map((each) => findingRow(each, say))}</tbody>
</table>
</section>
`;
}

function findingRow({ level, words, part, evidence }: Found, say: Say): Html {
  const values = Object.entries(evidence).map(
    ([name, held]) => html`<div>${value(`${name}=${held ?? '–'}`)}</div>`,
  );
  const note = part === 'cause' ? say('ui_check_cause') : part === 'follows' ? say('ui_follows') : '';
  const more = note === '' ? [] : [html` <span class="note">${note}</span>`];
  return html`<tr data-level="${level}"><th scope="row">${say(messageKey('level', level))}</th><td>${words}${more}</td><td class="technical">${values}</td></tr>
`;
}

function triedPart(tried: readonly Tried[], say: Say): Html {
  return html`<section>
<h2>${say('ui_done')}</h2>
${tried.map((each) => runPart(each, say))}</section>
`;
}

function runPart(tried: Tried, say: Say): Html {
  const { startedAt, words, steps, undone } = tried;
  const code = isByHand(tried) ? [] : [html`${value(tried.code)} · `];
  const chosen = isByHand(tried) ? [html` ${nameOf(tried, say)}`] : [];
  const heads = ['ui_steps', 'ui_result', 'ui_technical'] as const;
  const rows = steps.map((step) => {
    const lines = linesOfStep(step, say).map((line) => html`<div>${value(line)}</div>`);
    return html`<tr><th scope="row">${step.name}</th><td>${step.words}</td><td class="technical">${lines}</td></tr>
`;
  });
  const back = undone
    ? [html`<p>${say('ui_restored', undone.restored)}. ${say('ui_already', undone.already)}.</p>`]
    : [];
  const left = [...(undone?.conflicts ?? []), ...(undone?.impossible ?? [])].map(
    (label) => html`<li>${value(label)}</li>`,
  );
  return html`<h3>${code}${words}</h3>
<p class="note"><time datetime="${startedAt}">${startedAt}</time>${chosen}</p>
<table>
<caption>${words}</caption>
<thead><tr>${heads.map((key) => html`<th scope="col">${say(key)}</th>`)}</tr></thead>
<tbody>
${rows}</tbody>
</table>
${back}
${left.length > 0 ? [html`<h4>${say('ui_impossible')}</h4><ul>${left}</ul>`] : []}
`;
}

function recursPart(recurrences: readonly Recurs[], say: Say): Html {
  return html`<section>
<h2>${say('ui_comes_back')}</h2>
${factTable(
  recurrences.map(({ code, words }) => [code, words] as const),
  say('ui_comes_back'),
)}
</section>
`;
}

function notAllowedPart(remedies: readonly NotAllowed[], say: Say): Html {
  return html`<section>
<h2>${say('report_not_allowed')}</h2>
${factTable(
  remedies.map(({ name, words }) => [name, words] as const),
  say('report_not_allowed'),
)}
</section>
`;
}
