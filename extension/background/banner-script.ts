import file from '../banner/index.iife.tsx?script&iife';

/** The banner's own file, injected only into a page on which sign-in failed. */
export const BANNER_SCRIPT = file;
