/** What one sign-in page says about itself: small, typed, and without anything that names a person. */

export type PageKind = 'error' | 'sign-in' | 'mfa' | 'interrupt' | 'other';

export interface Signal {
  readonly type: 'signal';
  /** The page's id as Microsoft gives it: `ConvergedSignIn`. */
  readonly page: string | null;
  readonly kind: PageKind;
  /** On error pages only: healthy pages carry codes, too, that mean nothing. */
  readonly code: string | null;
  readonly correlationId: string | null;
  readonly requestId: string | null;
  /** When Microsoft answered, by its own clock. */
  readonly time: string | null;
}
