import { version } from '../package.json' with { type: 'json' };

/** The product's version; extension and host are released together. */
export const VERSION: string = version;
