/** Reads a page's facts from the document, touching nothing. */
import { type Config, readConfig } from './config.ts';
import { kindOf, type PageFacts } from './page.ts';

/** Where error pages put their message: the current page, and the older one that some hosts still serve. */
const containers = ['exceptionMessageContainer', 'service_exception_message'];
const MAX_TEXT = 4000;

/** The text of an error container that can be seen: healthy pages may hold one that is hidden. */
function shownException(document: Document): string | null {
  for (const id of containers) {
    const container = document.getElementById(id);
    const text = container?.textContent?.trim();
    if (container && text && container.checkVisibility({ checkVisibilityCSS: true })) {
      return text.slice(0, MAX_TEXT);
    }
  }
  return null;
}

function configOf(document: Document): Config | null {
  for (const script of document.scripts) {
    if (script.src !== '') continue;
    const text = script.textContent ?? '';
    const config = text.includes('$Config') ? readConfig(text) : null;
    if (config !== null) return config;
  }
  return null;
}

/**
 * Reads the facts, as often as it is called. `$Config` never changes, so it is read once, and only where the page's
 * id leaves something open: a healthy page costs next to nothing.
 */
export function factsReader(document: Document): () => PageFacts {
  let config: Config | null | undefined;
  return () => {
    const pageId = document.querySelector<HTMLMetaElement>('meta[name="PageID" i]')?.content || null;
    const exception = shownException(document);
    const kind = kindOf(pageId);
    if (exception === null && kind !== 'error' && kind !== 'other')
      return { pageId, exception, config: null };
    if (config === undefined) config = configOf(document);
    return { pageId, exception, config };
  };
}
