import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'

/**
 * What opens grows, and others move for it: whoever opened it is to see it whole, also when its picture, or words, or
 * another row of buttons make it taller later. Whoever has scrolled elsewhere meanwhile is not brought back.
 */
export function useKeptInView(element: RefObject<HTMLElement | null>, open: boolean): void {
  useLayoutEffect(() => {
    const { current } = element
    if (!open || current === null) return
    current.scrollIntoView({ block: 'nearest' })
    let height = current.offsetHeight
    const observer = new ResizeObserver(() => {
      const { top } = current.getBoundingClientRect()
      // It may have been scrolled to the very edge, which falls between two pixels.
      const wasSeen = top > -1 && top + height < innerHeight + 1
      if (wasSeen && current.offsetHeight > height) current.scrollIntoView({ block: 'nearest' })
      height = current.offsetHeight
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [open, element])
}
