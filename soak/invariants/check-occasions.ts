import type { SoakFault } from '../faults.ts'
import { hasComeAbout, kindOf } from '../faults.ts'

/** Drawn more rarely than that a fault may well have found no occasion. */
const OFTEN = 5

/** What was to happen again and again, and never did, was not tried. */
export function checkOccasions(
  performed: readonly SoakFault[],
  met: Readonly<Record<string, number>>,
): readonly string[] {
  const missed = performed.filter((fault) => !hasComeAbout(fault, met))
  return [...Map.groupBy(missed, kindOf)]
    .filter(([, faults]) => faults.length >= OFTEN)
    .map(([kind, faults]) => `"${kind}" was drawn ${faults.length} times and never came about`)
}
