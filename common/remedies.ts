/** The ids of all remedies. The browser chooses among these; what each does is the host's alone. */
export const remedyIds = ['purge-credentials', 'reset-onedrive'] as const;

export type RemedyId = (typeof remedyIds)[number];
