import type { LinkEffect } from '../link/link-state.ts'

/** What the effect does, and to which socket or timer: enough to tell the steps of a table apart. */
export function nameEffect(effect: LinkEffect): string {
  if ('on' in effect) return `${effect.type} ${effect.on}`
  return 'timer' in effect ? `${effect.type} ${effect.timer}` : effect.type
}
