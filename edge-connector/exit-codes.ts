export const EXIT_STOPPED = 0
export const EXIT_FAILED = 1
/** Not to be started again, as the next: only a person changes that. */
export const EXIT_CONFIGURATION = 2
export const EXIT_REPLACED = 3
