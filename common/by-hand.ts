/** A repair that somebody chose by hand, where nothing failed that is known of: it stands where a code would. */
export const BY_HAND = 'by-hand';

/** Whether that is no code at all, and is said in words (`failure_by_hand`) instead. */
export function isByHand({ code }: { readonly code: string }): boolean {
  return code === BY_HAND;
}

/** The code to show beside what is said of a failure; undefined where there is none. */
export function codeOf(failure: { readonly code: string }): string | undefined {
  return isByHand(failure) ? undefined : failure.code;
}
