/** The part of the library that is used: the bundle leaves out the rest. */
export { renderUnicodeCompact } from 'uqr'
