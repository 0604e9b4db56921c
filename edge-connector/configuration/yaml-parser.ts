/** The part of the library that is used: the bundle leaves out the rest. */
export { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
