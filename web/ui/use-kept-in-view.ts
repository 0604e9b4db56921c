import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'

/** What opens grows, and others move for it: whoever opened it is to see it whole. */
export function useKeptInView(element: RefObject<HTMLElement | null>, open: boolean): void {
  useLayoutEffect(() => {
    if (open) element.current?.scrollIntoView({ block: 'nearest' })
  }, [open, element])
}
