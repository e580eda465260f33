/** Prints what is read as the language of Windows. */
import { uiLanguage } from '../../../native-host/machine/windows/ui-language.ts';

process.stdout.write(JSON.stringify(await uiLanguage()));
