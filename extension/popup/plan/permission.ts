/** The permission that clearing the sign-in pages needs, asked for when the person agrees to that step. */
import browser from 'webextension-polyfill';
import type { StartChoice } from '../../../common/plan.ts';

type Chosen = StartChoice['chosen'];

const needs = { permissions: ['cookies', 'browsingData'] } as const;

/**
 * What may start of a choice; call it within a person's press, as browsers want. Where the permission is refused,
 * the step that needs it is left out. A browser may close the popup over its question: then nothing starts, and the
 * next press finds the permission given.
 */
export async function permitted(chosen: Chosen): Promise<Chosen> {
  if (!chosen.some(({ remedy }) => remedy === 'clear-browser-session')) return chosen;
  const given = await browser.permissions.request({ permissions: [...needs.permissions] }).catch(() => false);
  return given ? chosen : chosen.filter(({ remedy }) => remedy !== 'clear-browser-session');
}
