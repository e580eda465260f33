/**
 * The places of a page where Microsoft says that something failed, as plain selectors (id, class, attribute), so
 * that a browser and a reader of saved pages can both follow them. Ids as automation of these pages uses them
 * (aws-azure-login, `src/login.ts`) and as Microsoft documents them for B2C
 * (https://learn.microsoft.com/azure/active-directory-b2c/customize-ui-with-html).
 */

/** Error pages: today's, the older one that some hosts still serve, B2C's, and AD FS's. */
export const exceptions =
  '#exceptionMessageContainer,#service_exception_message,[data-name="GlobalException"],.error-page-detail,#errorArea';

/** Beside the fields of a page that goes on. */
export const inline = '#usernameError,#passwordError,.alert-error';

/** Views of the second factor: the person, or somebody else, said no; nobody answered. */
export const denied = '[id^="idDiv_SAASDS_"],[id^="idDiv_SAASTO_"]';

export const anyContainer = `${exceptions},${inline},${denied}`;

/** What an organization or a person wrote: it may say anything, error codes and look-alike containers included. */
export const ownWords =
  '[id*="boilerplate" i],[class*="boilerplate" i],[id*="customnotice" i],[class*="custom-notice" i],' +
  '#bannerLogoText,#introduction,textarea,select,[contenteditable]';

/** Classes by which these pages hide a view, whatever style sheet goes with them. */
export const hiding = '.moveOffScreen,.hide,.hidden,.no-display,.display-none,.d-none,details:not([open])';
/** Never shown as text. */
export const unseen = 'script,style,template,noscript';

/** Agreeing on a consent page: one that cannot be agreed to has no such button. */
export const agreement = '#idSIButton9,[name="ucaccept"]';

/** Addresses and values in which an old page may hide its reason. */
export const carriers = '[href*="HR="],[action*="HR="],[value*="HR="]';
export const carrying = ['href', 'action', 'value'] as const;
