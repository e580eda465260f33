/** More entries than this are folded away. */
export const FEW = 6;
