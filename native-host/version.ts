// Node, which runs these sources as they are, gives JSON by its default export alone.
import product from '../package.json' with { type: 'json' };

/** The product's version; extension and host are released together. */
export const VERSION: string = product.version;
