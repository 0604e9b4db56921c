import type { Model } from './model.ts'

/** The link by which the right is held, if it is held by one. */
export function linkOf(
  grant: ReturnType<Model['rights']>[number]['grant'],
): { until: number; max: number } | undefined {
  return grant?.to.kind === 'link' ? grant.to : undefined
}
