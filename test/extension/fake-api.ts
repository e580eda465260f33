/** Import first: gives the extension's modules a browser API while they load in Node. */
import messages from '../../common/_locales/en/messages.json' with { type: 'json' };
import { installFakeBrowser } from '../gallery/fake-browser.ts';

installFakeBrowser(messages as Record<string, { message: string }>);
