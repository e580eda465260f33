/** What is read from a page before it is judged. The watcher reads the document, the CLI a saved file. */
import type { Place } from './address.ts';
import { type Config, readConfig } from './config.ts';
import * as containers from './containers.ts';
import { inlineFailures } from './inline-failures.ts';
import { isConsent, kindOf } from './kinds.ts';

/** An element that was found. */
export interface Found {
  matches(selector: string): boolean;
  /** What it says and can be seen, a line for each piece; empty where it is hidden, or inside words of others. */
  shownText(): string;
}

/** A page as its reader sees it: a document, or a file. Reading never changes it. */
export interface PageView extends Place {
  /** Content of the first `<meta name="PageID">`. */
  pageId(): string | null;
  /** Texts of inline scripts, in order. */
  scripts(): Iterable<string>;
  /** The first few that match, in order. */
  find(selector: string): Found[];
  /** The page's words without those of others; with `hidden`, also what cannot be seen yet. */
  text(hidden: boolean): string;
  /** Comments, scripts, links and the query of the address: where old pages hide their reason. */
  source(): string;
}

export interface PageFacts extends Place {
  readonly pageId: string | null;
  readonly config: Config | null;
  /** Text of an error container that can be seen; null where none is shown. */
  readonly exception: string | null;
  /** Text shown beside the page's own fields. */
  readonly inline: string | null;
  /** Text of the view that says the second factor was denied or not answered. */
  readonly denied: string | null;
  /** Whether a consent page has the button to agree with. */
  readonly canAgree: boolean;
  /** The page's words; asked for where everything else left the code open. */
  text(hidden: boolean): string;
  source(): string;
}

const MAX_TEXT = 4000;
/** What of `$Config` makes a page that goes on worth a closer look, found without reading all of it. */
const errorText = /sErrTxt["']?\s{0,9}:\s{0,9}(["'`])(?!\1)/;
const errorCode = /[is]ErrorCode["']?\s{0,9}:\s{0,9}["'`]?(\d{4,7})\b/g;

function configOf(view: PageView): Config | null {
  for (const script of view.scripts()) {
    const config = /\$Config|ServerData/.test(script) ? readConfig(script) : null;
    if (config !== null) return config;
  }
  return null;
}

/** Whether a page that goes on may have failed by its own account: nearly none, so `$Config` stays unread. */
function mayHaveFailed(view: PageView): boolean {
  for (const script of view.scripts()) {
    if (!script.includes('ErrorCode')) continue;
    if (errorText.test(script)) return true;
    for (const [, code] of script.matchAll(errorCode)) if (inlineFailures.has(`AADSTS${code}`)) return true;
  }
  return false;
}

/** The first text that is shown in one of these containers. */
function shown(found: readonly Found[], selector: string): string | null {
  for (const element of found) {
    const text = element.matches(selector) ? element.shownText().trim() : '';
    if (text !== '') return text.slice(0, MAX_TEXT);
  }
  return null;
}

/**
 * Reads the facts, as often as it is called. `$Config` never changes, so it is read once, and only where something
 * is open: a healthy page costs next to nothing.
 */
export function factsReader(view: PageView): () => PageFacts {
  let config: Config | null | undefined;
  let suspicious: boolean | undefined;
  const wantsConfig = (page: string | null, told: boolean) => {
    const kind = kindOf(page);
    if (told || kind === 'error' || kind === 'other' || isConsent(page)) return true;
    suspicious ??= mayHaveFailed(view);
    return suspicious;
  };
  return () => {
    const pageId = view.pageId();
    const found = view.find(containers.anyContainer);
    const exception = shown(found, containers.exceptions);
    const inline = shown(found, containers.inline);
    const denied = shown(found, containers.denied);
    const told = (exception ?? inline ?? denied) !== null;
    if (config === undefined && wantsConfig(pageId, told)) config = configOf(view);
    return {
      host: view.host,
      path: view.path,
      pageId,
      config: config ?? null,
      exception,
      inline,
      denied,
      canAgree: isConsent(pageId) && view.find(containers.agreement).length > 0,
      text: (hidden) => view.text(hidden),
      source: () => view.source(),
    };
  };
}
