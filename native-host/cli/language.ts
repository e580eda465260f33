/** Which language the CLI's reader has chosen. */

/**
 * A BCP 47 tag: on Windows that of the user's Windows, elsewhere that of the environment (LC_ALL, LANG). Not the
 * regional format, by which Node goes on Windows: many have English dates in a German Windows, and the reverse.
 */
export async function systemLanguage(): Promise<string> {
  const own = process.platform === 'win32' ? await windowsLanguage() : undefined;
  return own ?? Intl.DateTimeFormat().resolvedOptions().locale;
}

async function windowsLanguage(): Promise<string | undefined> {
  try {
    const { uiLanguage } = await import('../machine/windows/ui-language.ts');
    return await uiLanguage();
  } catch {
    // Words in English are better than none.
    return undefined;
  }
}
